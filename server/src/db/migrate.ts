import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { openPostgres } from './connection-options.ts'

// src/db and dist/db lie equally deep, so this holds for both.
const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url))

// Any number that nothing else in the database uses as an advisory lock.
const migrationLock = 4_208_117_001

/** Applies the migrations of drizzle/ that are missing. Replicas that start together wait for one another. */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = openPostgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    const db = drizzle(client)
    await db.execute(sql`select pg_advisory_lock(${migrationLock})`)
    await applyMigrations(db, { migrationsFolder })
  } finally {
    await client.end({ timeout: 5 })
  }
}
