import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ApolloServerOptions } from '@apollo/server'

/** Where the console's build lists its operations; src/graphql and dist/graphql lie equally deep. */
const lists = ['persisted-documents.json', 'plain/persisted-documents.json'].map((name) =>
  fileURLToPath(new URL(`../../../web/src/graphql/generated/${name}`, import.meta.url)),
)

function readList(file: string): [string, string][] {
  try {
    return Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
  } catch {
    // Before the console is built, nothing is known: its operations come as text.
    return []
  }
}

/**
 * The console's operations by SHA-256, as its build lists them: a request that sends the hash needs no text. Nobody adds to
 * the list, and so nobody fills our memory.
 */
export function knownOperations(): ApolloServerOptions<object>['persistedQueries'] {
  const known = new Map(lists.flatMap(readList))
  return {
    cache: {
      get: (hash) => Promise.resolve(known.get(hash.replace(/^apq:/, ''))),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(false),
    },
  }
}
