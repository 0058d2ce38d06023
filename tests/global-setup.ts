import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { createLog } from '../server/src/core/log.ts'
import { openPostgres } from '../server/src/db/connection-options.ts'
import { startEmbeddedPostgres } from '../server/src/db/embedded-postgres.ts'
import { migrate } from '../server/src/db/migrate.ts'
import { reportAttacks } from './testkit/attack-report.ts'
import { withDatabase } from './testkit/database-url.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The PostgreSQL all tests share, and the migrated database in it that each test's own is copied from. */
    postgres: { url: string; template: string }
  }
}

type Postgres = { url: string; stop(): Promise<void> }

/** One PostgreSQL for all test files, DATABASE_URL's or an embedded one, with one migrated database to copy. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  const postgres = given ? { url: given, stop: async () => {} } : await startTemporaryPostgres()
  const template = `gatehouse_test_${randomBytes(6).toString('hex')}`
  try {
    await execute(postgres.url, `create database ${template}`)
    await migrate(withDatabase(postgres.url, template))
    project.provide('postgres', { url: postgres.url, template })
  } catch (error) {
    await postgres.stop()
    throw error
  }
  return async () => {
    reportAttacks(project)
    await dropAll(postgres.url, template)
    await postgres.stop()
  }
}

/** A PostgreSQL that is gone with the process. */
export async function startTemporaryPostgres(): Promise<Postgres> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-tests-'))
  // Run as root, PostgreSQL becomes another user, who has to get in.
  fs.chmodSync(dataDir, 0o755)
  const remove = (): void => fs.rmSync(dataDir, { recursive: true, force: true })
  try {
    const embedded = await startEmbeddedPostgres({ dataDir, log: createLog('silent') })
    endWithProcess(dataDir)
    // The data lives as long as the tests: nothing has to reach the disk.
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      await execute(embedded.databaseUrl, `alter system set ${setting} = off`)
    }
    await execute(embedded.databaseUrl, 'select pg_reload_conf()')
    return { url: embedded.databaseUrl, stop: () => embedded.stop().finally(remove) }
  } catch (error) {
    remove()
    throw error
  }
}

/** Vitest skips the teardown when a signal ends it; PostgreSQL would live on without a folder anybody knows. */
function endWithProcess(dataDir: string): void {
  const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid')
  process.once('exit', () => {
    if (!fs.existsSync(dataDir)) return
    // The data is thrown away, so there is nothing to shut down in order.
    if (fs.existsSync(pidFile)) process.kill(Number.parseInt(fs.readFileSync(pidFile, 'utf8'), 10), 'SIGQUIT')
    fs.rmSync(dataDir, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
}

/** The template, and what tests that ended early left of their copies. */
async function dropAll(url: string, template: string): Promise<void> {
  const sql = openPostgres(url, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql<
      { datname: string }[]
    >`select datname from pg_database where starts_with(datname, ${template})`
    for (const { datname } of rows) await sql.unsafe(`drop database if exists ${datname} with (force)`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const sql = openPostgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
