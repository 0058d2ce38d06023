import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openPostgres } from '../../../server/src/db/connection-options.ts'
import { migrate } from '../../../server/src/db/migrate.ts'
import { startTemporaryPostgres } from '../../global-setup.ts'
import { startTestApp, type TestApp } from '../../testkit/app.ts'
import { withDatabase } from '../../testkit/database-url.ts'
import { answerMessages, type Delay, type Started } from '../messages.ts'

const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()

let app: TestApp | null = null
let postgres: Awaited<ReturnType<typeof startTemporaryPostgres>> | null = null

/** The whole application, on an empty database. */
async function start(): Promise<Started> {
  postgres = await startTemporaryPostgres()
  const name = `gatehouse_bench_${randomBytes(6).toString('hex')}`
  const sql = openPostgres(postgres.url, { max: 1, onnotice: () => {} })
  await sql.unsafe(`create database ${name}`)
  await sql.end()
  const url = withDatabase(postgres.url, name)
  await migrate(url)
  app = await startTestApp({ database: { url, drop: async () => {} } })
  return { origin: app.origin, setupToken: app.setupToken }
}

let cpuBefore = process.cpuUsage()

function reset(): void {
  delay.reset()
  cpuBefore = process.cpuUsage()
}

function report(): Delay {
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    median: milliseconds(delay.percentile(50)),
    p99: milliseconds(delay.percentile(99)),
    max: milliseconds(delay.max),
    cpu: (user + system) / 1000,
  }
}

answerMessages(
  async (message) => {
    const { what } = message as { what: 'start' | 'reset' | 'report' }
    if (what === 'start') return start()
    if (what === 'reset') reset()
    return report()
  },
  async () => {
    await app?.close()
    await postgres?.stop()
  },
)
