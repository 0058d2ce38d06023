import { ApolloLink } from '@apollo/client'
import type { DocumentNode } from 'graphql'
import { mergeMap, of } from 'rxjs'
import { isUnknownOperation, persistedQuery } from './persisted-query.ts'

function hashOf(document: DocumentNode & { __meta__?: unknown }): string | null {
  const { __meta__: meta } = document
  const hash = typeof meta === 'object' && meta !== null && 'hash' in meta ? meta.hash : null
  return typeof hash === 'string' ? hash : null
}

/** Sends the hash of an operation instead of its text; the text only where the server does not know it. */
export const knownOperations = new ApolloLink((operation, forward) => {
  const hash = hashOf(operation.query)
  if (hash === null) return forward(operation)
  const { extensions } = operation
  operation.extensions = { ...extensions, ...persistedQuery(hash) }
  operation.setContext({ http: { includeQuery: false, includeExtensions: true } })
  return forward(operation).pipe(
    mergeMap((result) => {
      if (!isUnknownOperation('errors' in result ? result.errors : undefined)) return of(result)
      operation.extensions = extensions
      operation.setContext({ http: { includeQuery: true, includeExtensions: false } })
      return forward(operation)
    }),
  )
})
