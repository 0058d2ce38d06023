// Run as a process of its own, to be killed: inserts numbers without end and prints each one once it is committed.
import { createLog } from '../../server/src/core/log.ts'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { startEmbeddedPostgres } from '../../server/src/db/embedded-postgres.ts'

const [dataDir = '', first = '0'] = process.argv.slice(2)
const { databaseUrl } = await startEmbeddedPostgres({ dataDir, log: createLog('silent') })
const sql = openPostgres(databaseUrl, { max: 1, onnotice: () => {} })
await sql`create table if not exists entry (n integer primary key)`
for (let n = Number(first); ; n++) {
  await sql`insert into entry (n) values (${n})`
  process.stdout.write(`${n}\n`)
}
