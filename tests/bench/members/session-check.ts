import { systemClock } from '../../../server/src/core/clock.ts'
import { connect } from '../../../server/src/db/client.ts'
import { openPostgres } from '../../../server/src/db/connection-options.ts'
import { authenticateSession } from '../../../server/src/session/authenticate-session.ts'
import { quantile } from '../measure.ts'
import { figure, table } from '../table.ts'

const rounds = 7
const calls = 4000
const atOnce = 16

/** Microseconds of CPU of this process for each call. */
async function spend(call: (number: number) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  let next = 0
  const one = async (): Promise<void> => {
    while (next < calls) await call(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / calls
}

/** What it costs to recognize a session cookie, beside the shortest question that PostgreSQL can be asked. */
export async function benchSessionCheck(databaseUrl: string, secrets: readonly string[]): Promise<void> {
  const { db, close } = connect(databaseUrl)
  const sql = openPostgres(databaseUrl, { max: 10 })
  const systems = [
    {
      title: 'a session is recognized',
      call: async (number: number) => {
        const actor = await authenticateSession(db, systemClock, secrets[number % secrets.length] ?? '')
        if (actor === null) throw new Error('a session was not recognized')
      },
    },
    { title: 'select 1, prepared', call: (number: number) => sql`select ${number}::integer` },
  ]
  const costs = systems.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, { call }] of systems.entries()) costs[index]?.push(await spend(call))
  }
  await close()
  await sql.end()
  const rows = systems.map(({ title }, index) => [title, figure(quantile(costs[index] ?? [], 0.5))])
  process.stdout.write(`\nThe session check, ${atOnce} at once\n\n${table(['', 'µs of CPU'], rows)}\n`)
}
