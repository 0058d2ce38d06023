import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { createApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
import { type Clock, systemClock } from '../../server/src/core/clock.ts'
import { createLog, type Log } from '../../server/src/core/log.ts'
import { connect, type Db } from '../../server/src/db/client.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { GraphqlClient } from './graphql-client.ts'

export type TestApp = {
  /** The address it is reached at, which is its PUBLIC_URL. */
  origin: string
  setupToken: string
  clock: Clock
  /** The database itself, for looking at what was stored. */
  db: Db
  /** Somebody who calls the API without being signed in. */
  nobody(): GraphqlClient
  /** What happens without anybody asking, once and now: in a test it does not happen by itself. */
  runJobs(): Promise<void>
  close(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

export type TestAppOptions = {
  clock?: Clock
  /** As the operator sets it; rate limits are off unless a test is about them. */
  environment?: Record<string, string>
  /** Another replica on the database of the first one. */
  database?: TestDatabase
  /** Where log lines go, for a test that reads them. */
  log?: Log
  /** Is told of each statement that PostgreSQL is sent. */
  onStatement?: (statement: string) => void
}

/** The same for all replicas of one test. */
const encryptionKey = randomBytes(32).toString('base64')

/** The real application with a database of its own, listening on this machine. */
export async function startTestApp({
  clock = systemClock,
  environment = {},
  database: shared,
  log,
  onStatement,
}: TestAppOptions = {}): Promise<TestApp> {
  const database = shared ?? (await createTestDatabase())
  const port = await freePort()
  const config = readConfig(
    {
      PORT: String(port),
      RATE_LIMITS: 'off',
      DEV_INBOX: 'off',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.url,
      ENCRYPTION_KEY: encryptionKey,
      ...environment,
    },
    'nowhere',
  )
  const connection = connect(database.url, 20, onStatement)
  const app = await createApp({ config, database: connection, clock, log: log ?? createLog(config.logLevel) })
  await app.listen({ port, host: 'localhost' })
  const origin = `http://localhost:${port}`
  return {
    origin,
    setupToken: app.setupToken ?? '',
    clock,
    db: connection.db,
    nobody: () => new GraphqlClient(origin),
    runJobs: () => app.jobs.runAll(),
    async close() {
      await app.close()
      await connection.close()
      if (shared === undefined) await database.drop()
    },
  }
}
