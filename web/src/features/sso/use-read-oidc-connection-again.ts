import { useApolloClient } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import { ofOidc, ofOkta } from './oidc-form-connection.ts'
import type { OidcFormValues } from './oidc-form-values.ts'
import { type SomebodyElsesVersion, whoChanged } from './who-changed.ts'

const ReadOidcConnectionAgain = graphql(`
  query ReadOidcConnectionAgain($connectionId: ID!, $organizationId: ID!) {
    connection: node(id: $connectionId) {
      __typename
      id
      ...OidcForm_okta
      ...OidcForm_oidc
    }
    organization: node(id: $organizationId) {
      __typename
      id
      ... on Organization {
        auditEvents(first: 20) {
          nodes {
            id
            at
            type
            actor
          }
        }
      }
    }
  }
`)

/** What a connection has become since the form was opened; null when it is gone, or of another kind. */
export function useReadOidcConnectionAgain(organizationId: string) {
  const client = useApolloClient()
  return async (connectionId: string): Promise<SomebodyElsesVersion<OidcFormValues> | null> => {
    const { data } = await client.query({
      query: ReadOidcConnectionAgain,
      variables: { connectionId, organizationId },
      fetchPolicy: 'network-only',
      errorPolicy: 'all',
    })
    const found =
      data?.connection?.__typename === 'OktaConnection'
        ? ofOkta(data.connection)
        : data?.connection?.__typename === 'OidcConnection'
          ? ofOidc(data.connection)
          : null
    if (found === null) return null
    const { revision, values, updatedAt } = found
    const events = data?.organization?.__typename === 'Organization' ? data.organization.auditEvents.nodes : []
    return { revision, values, at: updatedAt, actor: whoChanged(events, updatedAt) }
  }
}
