import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { ErrorLink } from '@apollo/client/link/error'
import { cacheConfig } from './cache-policies.ts'
import { knownOperations } from './known-operations.ts'
import { readOperationError } from './operation-error.ts'

/** `onUnauthenticated` is called whenever the server no longer knows who is asking. */
export function createClient(onUnauthenticated: () => void): ApolloClient {
  const watchSession = new ErrorLink(({ error }) => {
    const { code, reason } = readOperationError(error)
    // Whom one organization does not admit is still known to others: the page says what is missing.
    if (code === 'UNAUTHENTICATED' && reason !== 'SSO_REQUIRED') onUnauthenticated()
  })
  return new ApolloClient({
    link: ApolloLink.from([
      watchSession,
      knownOperations,
      new HttpLink({ uri: '/graphql', credentials: 'same-origin' }),
    ]),
    cache: new InMemoryCache(cacheConfig),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  })
}
