import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const DeleteSsoConnection = graphql(`
  mutation DeleteSsoConnection($input: DeleteSsoConnectionInput!) {
    deleteSsoConnection(input: $input) {
      deletedConnectionId
    }
  }
`)

export function useDeleteSsoConnection() {
  const [mutate, { loading }] = useMutation(DeleteSsoConnection, {
    refetchQueries: ['SsoSection'],
    awaitRefetchQueries: true,
  })
  const deleteSsoConnection = async (connectionId: string) => {
    await mutate({ variables: { input: { connectionId } } })
  }
  return { deleteSsoConnection, loading }
}
