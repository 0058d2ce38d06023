import { openPostgres } from '../../../server/src/db/connection-options.ts'
import { quantile } from '../measure.ts'
import { figure, table } from '../table.ts'
import type { FilledApp } from './filled-apps.ts'
import { type KnownPerson, operations } from './operations.ts'

const rounds = 150
const warmUp = 10

/** People of all parts of the organization, as many as there are rounds. */
async function choosePeople({ databaseUrl, members }: FilledApp): Promise<KnownPerson[]> {
  const count = rounds + warmUp
  const numbers = Array.from({ length: count }, (_, index) => 1 + Math.floor(((index * 0.618034) % 1) * (members - 1)))
  const sql = openPostgres(databaseUrl, { max: 1 })
  const ids = numbers.map((number) => `usr_0${String(number).padStart(25, '0')}`)
  const rows = await sql<{ id: string; email: string; name: string }[]>`
    select id, email, name from users where id = any(${ids})`
  await sql.end()
  const found = new Map(rows.map((row) => [row.id, row]))
  return numbers.map((number, index) => {
    const { email = '', name = '' } = found.get(ids[index] ?? '') ?? {}
    return { number, email, name }
  })
}

/** How long each operation takes, by the size of the organization: all sizes in turns, one call after the other. */
export async function benchGrowth(apps: readonly FilledApp[]): Promise<void> {
  const people = await Promise.all(apps.map(choosePeople))
  const took = operations.map(() => apps.map((): number[] => []))
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const [row, operation] of operations.entries()) {
      for (const [column, app] of apps.entries()) {
        const person = people[column]?.[round]
        if (person === undefined) continue
        const start = performance.now()
        await operation.run(app, person)
        if (round >= warmUp) took[row]?.[column]?.push(performance.now() - start)
      }
    }
  }
  const sizes = apps.map(({ members }) => members.toLocaleString('en'))
  const head = ['milliseconds', ...sizes.flatMap((size) => [`${size}: p50`, 'p99']), 'largest : smallest']
  const rows = operations.map(({ title }, row) => {
    const medians = apps.map((_, column) => quantile(took[row]?.[column] ?? [], 0.5))
    const cells = apps.flatMap((_, column) => [
      figure(medians[column] ?? Number.NaN),
      figure(quantile(took[row]?.[column] ?? [], 0.99)),
    ])
    return [title, ...cells, figure((medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN))]
  })
  process.stdout.write(`\nOne organization, by the number of its members\n\n${table(head, rows)}\n`)
}
