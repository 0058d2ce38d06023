import { randomBytes } from 'node:crypto'
import { afterAll, expect, inject, test } from 'vitest'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { withDatabase } from '../testkit/database-url.ts'

const name = `plain_owner_${randomBytes(6).toString('hex')}`
const sql = openPostgres(inject('postgres').url, { max: 1, onnotice: () => {} })

afterAll(async () => {
  await sql.unsafe(`drop database if exists ${name} with (force)`)
  await sql.unsafe(`drop role if exists ${name}`)
  await sql.end()
})

test('who owns the database, and may do nothing else, can migrate it', async () => {
  await sql.unsafe(`create role ${name} login password 'plain'`)
  await sql.unsafe(`create database ${name} owner ${name}`)
  const url = withDatabase(inject('postgres').url, name).replace(/\/\/[^@/]*@/, `//${name}:plain@`)
  await migrate(url)
  const own = openPostgres(url, { max: 1 })
  const [user] = await own`select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user`
  const extensions = await own`select extname from pg_extension where extname = 'pg_trgm'`
  await own.end()
  expect(user).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false })
  expect(extensions).toHaveLength(1)
})
