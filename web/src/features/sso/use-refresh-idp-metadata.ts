import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const RefreshIdpMetadata = graphql(`
  mutation RefreshIdpMetadata($input: RefreshIdpMetadataInput!) {
    refreshIdpMetadata(input: $input) {
      connection {
        id
        ...MetadataRefreshPanel_connection
      }
    }
  }
`)

export function useRefreshIdpMetadata() {
  const [mutate, { loading }] = useMutation(RefreshIdpMetadata)
  const refreshIdpMetadata = async (connectionId: string) => {
    await mutate({ variables: { input: { connectionId } } })
  }
  return { refreshIdpMetadata, loading }
}
