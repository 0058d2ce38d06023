import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Place } from '../../core/sealed-box.ts'
import type { Db, Tx } from '../../db/client.ts'
import { samlSpKeys } from '../../db/schema/sso-connections.ts'

export type SpKeyRow = typeof samlSpKeys.$inferSelect
export type SpKeyUse = SpKeyRow['use']

/** Where a private key is sealed. */
export const spKeyPlace = (id: string): Place => ({ table: 'saml_sp_keys', column: 'sealed_private_key', rowId: id })

/** Our keys towards one identity provider, oldest first. */
export function listSpKeys(db: Db | Tx, connectionId: string): Promise<SpKeyRow[]> {
  return db.select().from(samlSpKeys).where(eq(samlSpKeys.connectionId, connectionId)).orderBy(asc(samlSpKeys.id))
}

/** The same for each of these connections; those without any are left out. */
export async function listSpKeysOf(db: Db | Tx, connectionIds: string[]): Promise<Map<string, SpKeyRow[]>> {
  const rows = await db
    .select()
    .from(samlSpKeys)
    .where(inArray(samlSpKeys.connectionId, connectionIds))
    .orderBy(asc(samlSpKeys.id))
  const keys = new Map<string, SpKeyRow[]>()
  for (const row of rows) keys.set(row.connectionId, [...(keys.get(row.connectionId) ?? []), row])
  return keys
}

/** By its own id alone: the caller authorizes for the connection it names. */
export async function findSpKey(db: Db | Tx, id: string): Promise<SpKeyRow | null> {
  const [row] = await db.select().from(samlSpKeys).where(eq(samlSpKeys.id, id))
  return row ?? null
}

export async function insertSpKey(tx: Tx, row: SpKeyRow): Promise<void> {
  await tx.insert(samlSpKeys).values(row)
}

export async function retireSpKey(tx: Tx, connectionId: string, id: string, at: Date): Promise<void> {
  await tx
    .update(samlSpKeys)
    .set({ retiredAt: at })
    .where(and(eq(samlSpKeys.id, id), eq(samlSpKeys.connectionId, connectionId)))
}

export async function deleteSpKey(tx: Tx, connectionId: string, id: string): Promise<void> {
  await tx.delete(samlSpKeys).where(and(eq(samlSpKeys.id, id), eq(samlSpKeys.connectionId, connectionId)))
}
