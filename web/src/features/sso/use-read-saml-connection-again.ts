import { useApolloClient } from '@apollo/client/react'
import { unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { SamlForm_connection } from './saml-form-connection.ts'
import { type SamlFormValues, valuesOf } from './saml-form-values.ts'
import { type SomebodyElsesVersion, whoChanged } from './who-changed.ts'

const ReadSamlConnectionAgain = graphql(`
  query ReadSamlConnectionAgain($connectionId: ID!, $organizationId: ID!) {
    connection: node(id: $connectionId) {
      __typename
      id
      ...SamlForm_connection
      ... on SamlConnection {
        updatedAt
      }
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

/** What a connection has become since the form was opened. */
export function useReadSamlConnectionAgain(organizationId: string) {
  const client = useApolloClient()
  return async (connectionId: string): Promise<SomebodyElsesVersion<SamlFormValues> | null> => {
    const { data } = await client.query({
      query: ReadSamlConnectionAgain,
      variables: { connectionId, organizationId },
      fetchPolicy: 'network-only',
      errorPolicy: 'all',
    })
    if (data?.connection?.__typename !== 'SamlConnection') return null
    const { revision, updatedAt, ...settings } = unmask(SamlForm_connection, data.connection)
    const events = data.organization?.__typename === 'Organization' ? data.organization.auditEvents.nodes : []
    return { revision, values: valuesOf(settings), at: updatedAt, actor: whoChanged(events, updatedAt) }
  }
}
