import { useApolloClient } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import { type OidcFormConnection, ofOidc, ofOkta } from './oidc-form-connection.ts'

const ReadOidcConnectionAgain = graphql(`
  query ReadOidcConnectionAgain($connectionId: ID!) {
    node(id: $connectionId) {
      __typename
      id
      ...OidcForm_okta
      ...OidcForm_oidc
    }
  }
`)

/** What a connection has become since the form was opened; null when it is gone, or of another kind. */
export function useReadOidcConnectionAgain() {
  const client = useApolloClient()
  return async (connectionId: string): Promise<OidcFormConnection | null> => {
    const { data } = await client.query({
      query: ReadOidcConnectionAgain,
      variables: { connectionId },
      fetchPolicy: 'network-only',
    })
    if (data?.node?.__typename === 'OktaConnection') return ofOkta(data.node)
    return data?.node?.__typename === 'OidcConnection' ? ofOidc(data.node) : null
  }
}
