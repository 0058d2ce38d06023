import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { UpdateSamlConnectionInput } from '../../graphql/generated/graphql.ts'

const UpdateSamlConnection = graphql(`
  mutation UpdateSamlConnection($input: UpdateSamlConnectionInput!) {
    updateSamlConnection(input: $input) {
      connection {
        id
        ...SamlForm_connection
        ...ConnectionCard_connection
        ...ConnectionSummary_connection
        ...OurCertificates_connection
      }
    }
  }
`)

export function useUpdateSamlConnection() {
  const [mutate, { loading }] = useMutation(UpdateSamlConnection)
  const updateSamlConnection = async (input: UpdateSamlConnectionInput) => {
    await mutate({ variables: { input } })
  }
  return { updateSamlConnection, loading }
}
