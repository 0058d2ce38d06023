import { afterEach, expect, it } from 'vitest'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

const databases: TestDatabase[] = []
const connections: { end(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(connections.splice(0).map((sql) => sql.end()))
  await Promise.all(databases.splice(0).map((database) => database.drop()))
})

async function create(): Promise<ReturnType<typeof openPostgres>> {
  const database = await createTestDatabase()
  databases.push(database)
  const sql = openPostgres(database.url, { max: 1 })
  connections.push(sql)
  return sql
}

it('gives each caller a migrated database of its own', async () => {
  const [one, other] = await Promise.all([create(), create()])
  await one`create table only_here as select 1 as n`
  const tables = await other<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`
  expect(tables.map(({ name }) => name)).toContain('organizations')
  expect(tables.map(({ name }) => name)).not.toContain('only_here')
})
