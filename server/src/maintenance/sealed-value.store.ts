import { and, eq, isNotNull } from 'drizzle-orm'
import type { Place } from '../core/sealed-box.ts'
import type { Db, Tx } from '../db/client.ts'
import { idempotencyKeys } from '../db/schema/idempotency-keys.ts'
import { oidcConnections, samlSpKeys } from '../db/schema/sso-connections.ts'
import { answerPlace } from '../idempotency/claim-key.ts'
import { spKeyPlace } from '../sso/keys/sp-key.store.ts'
import { clientSecretPlace } from '../sso/oidc-secret.ts'

export type SealedValue = { place: Place; sealed: string }

type SealedColumn = {
  table: string
  list: (db: Db | Tx) => Promise<SealedValue[]>
  /** Puts `next` where the value is still `sealed`; the rows that it was put into. */
  replace: (db: Db | Tx, rowId: string, sealed: string, next: string) => Promise<{ id: string }[]>
}

/** Every secret in the database. A new sealed column is added here, or a rotation would leave it behind. */
const columns: readonly SealedColumn[] = [
  {
    table: spKeyPlace('').table,
    list: async (db) => {
      const rows = await db.select({ id: samlSpKeys.id, sealed: samlSpKeys.sealedPrivateKey }).from(samlSpKeys)
      return rows.map(({ id, sealed }) => ({ place: spKeyPlace(id), sealed }))
    },
    replace: (db, rowId, sealed, next) =>
      db
        .update(samlSpKeys)
        .set({ sealedPrivateKey: next })
        .where(and(eq(samlSpKeys.id, rowId), eq(samlSpKeys.sealedPrivateKey, sealed)))
        .returning({ id: samlSpKeys.id }),
  },
  {
    table: clientSecretPlace('').table,
    list: async (db) => {
      const { connectionId: id, sealedClientSecret: sealed } = oidcConnections
      const rows = await db.select({ id, sealed }).from(oidcConnections)
      return rows.map((row) => ({ place: clientSecretPlace(row.id), sealed: row.sealed }))
    },
    replace: (db, rowId, sealed, next) =>
      db
        .update(oidcConnections)
        .set({ sealedClientSecret: next })
        .where(and(eq(oidcConnections.connectionId, rowId), eq(oidcConnections.sealedClientSecret, sealed)))
        .returning({ id: oidcConnections.connectionId }),
  },
  {
    table: answerPlace('').table,
    list: async (db) => {
      const { id, sealedAnswer: sealed } = idempotencyKeys
      const rows = await db.select({ id, sealed }).from(idempotencyKeys).where(isNotNull(sealed))
      return rows.flatMap((row) => (row.sealed === null ? [] : [{ place: answerPlace(row.id), sealed: row.sealed }]))
    },
    replace: (db, rowId, sealed, next) =>
      db
        .update(idempotencyKeys)
        .set({ sealedAnswer: next })
        .where(and(eq(idempotencyKeys.id, rowId), eq(idempotencyKeys.sealedAnswer, sealed)))
        .returning({ id: idempotencyKeys.id }),
  },
]

export async function listSealedValues(db: Db | Tx): Promise<SealedValue[]> {
  const lists = await Promise.all(columns.map(({ list }) => list(db)))
  return lists.flat()
}

/** Puts `next` where the value is still as it was read. @returns false when it is not, or is gone. */
export async function replaceSealedValue(db: Db | Tx, { place, sealed }: SealedValue, next: string): Promise<boolean> {
  const found = columns.find(({ table }) => table === place.table)
  if (found === undefined) throw new Error(`no sealed column in ${place.table}`)
  return (await found.replace(db, place.rowId, sealed, next)).length > 0
}
