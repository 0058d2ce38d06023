import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const CreateSamlConnection = graphql(`
  mutation CreateSamlConnection($input: CreateSamlConnectionInput!) {
    createSamlConnection(input: $input) {
      connection {
        id
        ...SamlForm_connection
      }
    }
  }
`)

/**
 * Makes a connection that knows nothing of the identity provider yet, so that its own addresses can be shown. The list
 * is not asked again: the draft may go as it came.
 */
export function useCreateSamlConnection() {
  const [mutate, { loading }] = useMutation(CreateSamlConnection)
  const createSamlConnection = async (organizationId: string) => {
    const { data } = await mutate({ variables: { input: { organizationId } } })
    return data?.createSamlConnection.connection ?? null
  }
  return { createSamlConnection, loading }
}
