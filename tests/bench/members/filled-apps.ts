import type { ChildProcess } from 'node:child_process'
import { systemClock } from '../../../server/src/core/clock.ts'
import { openPostgres } from '../../../server/src/db/connection-options.ts'
import { migrate } from '../../../server/src/db/migrate.ts'
import { startTemporaryPostgres } from '../../global-setup.ts'
import type { TestApp } from '../../testkit/app.ts'
import { withDatabase } from '../../testkit/database-url.ts'
import { GraphqlClient } from '../../testkit/graphql-client.ts'
import { IdentityProvider } from '../../testkit/identity-provider.ts'
import { completeSetup, connect, type SamlConnection } from '../../testkit/scenario.ts'
import { ask, type Started, startProgram } from '../messages.ts'
import { fillOrganization } from './fill.ts'

/** One organization of a size, in a database and an application of its own. */
export type FilledApp = {
  members: number
  databaseUrl: string
  program: ChildProcess
  /** As far as whoever calls it over HTTP needs it. */
  app: TestApp
  owner: GraphqlClient
  idp: IdentityProvider
  connection: SamlConnection
}

export type BenchPostgres = { url: string; stop(): Promise<void> }

/** PostgreSQL as the embedded one is, with a database for each size. While they are filled, nothing has to reach the disk. */
export async function startFilledApps(
  sizes: readonly number[],
): Promise<{ postgres: BenchPostgres; apps: FilledApp[] }> {
  const postgres = await startTemporaryPostgres()
  const apps: FilledApp[] = []
  try {
    for (const members of sizes) apps.push(await startFilledApp(postgres, members))
    for (const statement of ['alter system reset all', 'select pg_reload_conf()', 'checkpoint']) {
      await execute(postgres.url, statement)
    }
    return { postgres, apps }
  } catch (error) {
    for (const { program } of apps) program.disconnect()
    await postgres.stop()
    throw error
  }
}

async function startFilledApp(postgres: BenchPostgres, members: number): Promise<FilledApp> {
  const start = performance.now()
  const name = `gatehouse_bench_${members}`
  await execute(postgres.url, `create database ${name}`)
  const databaseUrl = withDatabase(postgres.url, name)
  await migrate(databaseUrl)
  const program = startApp()
  const { origin, setupToken } = await ask<Started>(program, { what: 'start', databaseUrl })
  const parts = { origin, setupToken, clock: systemClock, nobody: () => new GraphqlClient(origin) }
  const app = parts as Partial<TestApp> as TestApp
  const { organization, owner } = await completeSetup(app)
  const idp = await IdentityProvider.create()
  const connection = await connect(owner, organization.id, idp)
  const sql = openPostgres(databaseUrl, { max: 1, onnotice: () => {} })
  await fillOrganization(sql, { organizationId: organization.id, connectionId: connection.id, members })
  await sql.end()
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  process.stdout.write(`${members.toLocaleString('en')} members filled in within ${seconds} s\n`)
  return { members, databaseUrl, program, app, owner, idp, connection }
}

export const startApp = (): ChildProcess => startProgram(new URL('./app-process.ts', import.meta.url))

async function execute(url: string, statement: string): Promise<void> {
  const sql = openPostgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}
