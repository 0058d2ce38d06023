/** What a request says instead of its document: the hash that the build gave it. */
export type PersistedQuery = { persistedQuery: { version: 1; sha256Hash: string } }

export const persistedQuery = (sha256Hash: string): PersistedQuery => ({ persistedQuery: { version: 1, sha256Hash } })

/** The server is of another build and does not know the operation: it is sent again as text. */
export const isUnknownOperation = (
  errors: readonly { extensions?: Record<string, unknown> | undefined }[] | undefined,
): boolean => errors?.some(({ extensions }) => extensions?.['code'] === 'PERSISTED_QUERY_NOT_FOUND') ?? false
