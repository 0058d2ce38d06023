import { useQuery } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const ArrivedClaims = graphql(`
  query ArrivedClaims($connectionId: ID!) {
    node(id: $connectionId) {
      __typename
      id
      ... on SsoConnection {
        signInAttempts(first: 20) {
          nodes {
            id
            attributes {
              name
              values
              usedFor
            }
          }
        }
      }
    }
  }
`)

/** The names and values that the identity provider sent lately, those that say who it is left out. */
export function useArrivedClaims(connectionId: string): ReadonlyMap<string, readonly string[]> {
  const { data } = useQuery(ArrivedClaims, { variables: { connectionId }, fetchPolicy: 'cache-and-network' })
  const attempts = data?.node != null && 'signInAttempts' in data.node ? data.node.signInAttempts.nodes : []
  const claims = new Map<string, Set<string>>()
  for (const { name, values, usedFor } of attempts.flatMap(({ attributes }) => attributes ?? [])) {
    if (usedFor.length > 0) continue
    const known = claims.get(name) ?? new Set<string>()
    values?.forEach((value) => known.add(value))
    claims.set(name, known)
  }
  return new Map([...claims].map(([name, values]) => [name, [...values].sort()]))
}
