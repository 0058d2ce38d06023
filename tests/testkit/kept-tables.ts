import type { Db } from '../../server/src/db/client.ts'

/** Keeps the rows of the tables as they are now, to go back to; what was kept before is forgotten. */
export async function keepTables(db: Db, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await db.execute(`drop table if exists kept_${table}`)
    await db.execute(`create table kept_${table} as table ${table}`)
  }
}

/** Puts back the rows of the table that were kept. Generated columns are generated anew. */
export async function putBack(db: Db, table: string): Promise<void> {
  const [row] = await db.execute<{ columns: string }>(
    `select string_agg(column_name, ', ') as columns from information_schema.columns
     where table_schema = 'public' and table_name = '${table}' and is_generated = 'NEVER'`,
  )
  await db.execute(
    `insert into ${table} (${row?.columns}) select ${row?.columns} from kept_${table} on conflict do nothing`,
  )
}
