import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const DeleteSpKey = graphql(`
  mutation DeleteSpKey($input: DeleteSpKeyInput!) {
    deleteSpKey(input: $input) {
      connection {
        id
        ...OurCertificates_connection
      }
    }
  }
`)

export function useDeleteSpKey() {
  const [mutate] = useMutation(DeleteSpKey)
  return async (keyId: string) => {
    await mutate({ variables: { input: { keyId } } })
  }
}
