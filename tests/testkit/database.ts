import { randomBytes } from 'node:crypto'
import type postgres from 'postgres'
import { inject } from 'vitest'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { withDatabase } from './database-url.ts'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** A migrated, empty database of the caller's own: a copy of the template, made in a fraction of a second. */
export const createTestDatabase = (): Promise<TestDatabase> => createDatabase(inject('postgres').template)

/** A database without a single table, as an operator hands it over. */
export const createEmptyDatabase = (): Promise<TestDatabase> => createDatabase('template0')

async function createDatabase(from: string): Promise<TestDatabase> {
  const { url, template } = inject('postgres')
  const name = `${template}_${randomBytes(6).toString('hex')}`
  await onServer(url, (sql) => sql.unsafe(`create database ${name} template ${from}`))
  return {
    url: withDatabase(url, name),
    // With force: a test that failed may not have closed its connections.
    drop: () => onServer(url, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`)),
  }
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = openPostgres(url, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
