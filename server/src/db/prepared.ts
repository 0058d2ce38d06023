import { sql } from 'drizzle-orm'
import type { Db, Tx } from './client.ts'

/**
 * A statement that is built once for each database, and parsed once for each of its connections: for what almost every
 * request asks. `build` ends with `.prepare(name)`, and gives placeholders where values belong: texts and numbers, an
 * instant as ISO 8601. In a transaction it is
 * built anew.
 *
 * PostgreSQL may come to plan it without looking at the values, so it is not for a condition that finds much or little
 * depending on them.
 */
export function prepared<Statement>(build: (db: Db | Tx) => Statement): (db: Db | Tx) => Statement {
  const built = new WeakMap<Db | Tx, Statement>()
  return (db) => {
    const known = built.get(db)
    if (known !== undefined) return known
    const statement = build(db)
    built.set(db, statement)
    return statement
  }
}

/**
 * A limit that stands in the text of a prepared statement. One that is a value PostgreSQL does not see when it plans for all
 * values, and so it plans anew each time. Drizzle takes what it is given, though it asks for a number.
 */
export const literalLimit = (rows: number): number => sql.raw(String(Math.trunc(rows))) as unknown as number
