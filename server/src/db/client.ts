import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { withBeforeCommit } from './before-commit.ts'
import { openPostgres } from './connection-options.ts'

export type Db = PostgresJsDatabase<Record<string, never>>
/** An open transaction. A store takes `Db | Tx`; only an operation opens one. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export type Database = { db: Db; close(): Promise<void> }

/** Connects lazily, with a pool of `maxConnections`. @param onStatement is told of each statement that is sent. */
export function connect(databaseUrl: string, maxConnections = 10, onStatement?: (statement: string) => void): Database {
  const client = openPostgres(databaseUrl, {
    max: maxConnections,
    onnotice: () => {},
    connection: { application_name: 'gatehouse' },
    ...(onStatement && { debug: (_connection: number, statement: string) => onStatement(statement) }),
  })
  return { db: withBeforeCommit(drizzle(client)), close: () => client.end({ timeout: 5 }) }
}
