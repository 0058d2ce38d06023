import { and, eq } from 'drizzle-orm'
import type { Place } from '../core/sealed-box.ts'
import type { Db, Tx } from '../db/client.ts'
import { samlSpKeys } from '../db/schema/sso-connections.ts'
import { spKeyPlace } from '../sso/keys/sp-key.store.ts'

export type SealedValue = { place: Place; sealed: string }

/** Every secret in the database. A new sealed column is added here, or a rotation would leave it behind. */
const columns = [{ table: samlSpKeys, column: samlSpKeys.sealedPrivateKey, place: spKeyPlace }] as const

export async function listSealedValues(db: Db | Tx): Promise<SealedValue[]> {
  const lists = await Promise.all(
    columns.map(async ({ table, column, place }) => {
      const rows = await db.select({ id: table.id, sealed: column }).from(table)
      return rows.map(({ id, sealed }) => ({ place: place(id), sealed }))
    }),
  )
  return lists.flat()
}

/** Puts `next` where the value is still as it was read. @returns false when it is not, or is gone. */
export async function replaceSealedValue(db: Db | Tx, { place, sealed }: SealedValue, next: string): Promise<boolean> {
  const found = columns.find((known) => known.place('').table === place.table)
  if (found === undefined) throw new Error(`no sealed column in ${place.table}`)
  const rows = await db
    .update(found.table)
    .set({ sealedPrivateKey: next })
    .where(and(eq(found.table.id, place.rowId), eq(found.column, sealed)))
    .returning({ id: found.table.id })
  return rows.length > 0
}
