import { and, asc, eq, getTableColumns, gt } from 'drizzle-orm'
import { idPrefix } from '../core/ids.ts'
import type { Db, Tx } from '../db/client.ts'
import { samlConnections, ssoConnections } from '../db/schema/sso-connections.ts'

/** A SAML connection: what every connection has, and its own settings, in one row. */
export type SamlConnectionRow = typeof ssoConnections.$inferSelect &
  Omit<typeof samlConnections.$inferSelect, 'connectionId'>

const { connectionId: _, ...samlColumns } = getTableColumns(samlConnections)
const columns = { ...getTableColumns(ssoConnections), ...samlColumns }

/** SAML's own settings. */
export type SamlSettings = Omit<typeof samlConnections.$inferSelect, 'connectionId'>

const samlSettingsOf = (row: SamlConnectionRow): SamlSettings =>
  Object.fromEntries(Object.keys(samlColumns).map((key) => [key, row[key as keyof SamlSettings]])) as SamlSettings

export async function listSamlConnections(db: Db | Tx, organizationId: string): Promise<SamlConnectionRow[]> {
  return db
    .select(columns)
    .from(ssoConnections)
    .innerJoin(samlConnections, eq(samlConnections.connectionId, ssoConnections.id))
    .where(eq(ssoConnections.organizationId, organizationId))
    .orderBy(asc(ssoConnections.id))
}

/** Of every organization, by id, those after `after`: for what happens by itself. */
export async function listEnabledSamlConnections(
  db: Db | Tx,
  after: string,
  limit: number,
): Promise<SamlConnectionRow[]> {
  return db
    .select(columns)
    .from(ssoConnections)
    .innerJoin(samlConnections, eq(samlConnections.connectionId, ssoConnections.id))
    .where(and(eq(ssoConnections.enabled, true), gt(ssoConnections.id, after)))
    .orderBy(asc(ssoConnections.id))
    .limit(limit)
}

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findSamlConnection(db: Db | Tx, id: string): Promise<SamlConnectionRow | null> {
  // Addresses come from anybody; what is no id at all need not reach the database.
  if (idPrefix(id) !== 'sso') return null
  const [row] = await db
    .select(columns)
    .from(ssoConnections)
    .innerJoin(samlConnections, eq(samlConnections.connectionId, ssoConnections.id))
    .where(eq(ssoConnections.id, id))
  return row ?? null
}

/**
 * The same, locked until the transaction ends: two changes of one connection take turns (`update`), and none happens
 * beside those who only rely on it (`share`), who do not hinder one another. Locked first and read afterwards: a
 * statement that waits for one table's row sees another table as it was before the wait.
 */
export async function lockSamlConnection(
  tx: Tx,
  organizationId: string,
  id: string,
  strength: 'update' | 'share' = 'update',
): Promise<SamlConnectionRow | null> {
  const locked = await tx
    .select({ id: ssoConnections.id })
    .from(ssoConnections)
    .where(and(eq(ssoConnections.id, id), eq(ssoConnections.organizationId, organizationId)))
    .for(strength)
  return locked.length === 0 ? null : findSamlConnection(tx, id)
}

export async function insertSamlConnection(tx: Tx, row: SamlConnectionRow): Promise<void> {
  const { id, organizationId, protocol, name, enabled, verifiedAt, revision, createdAt, updatedAt } = row
  await tx
    .insert(ssoConnections)
    .values({ id, organizationId, protocol, name, enabled, verifiedAt, revision, createdAt, updatedAt })
  await tx.insert(samlConnections).values({ connectionId: id, ...samlSettingsOf(row) })
}

export async function updateSamlConnection(tx: Tx, row: SamlConnectionRow): Promise<void> {
  const { name, enabled, verifiedAt, revision, updatedAt } = row
  await tx
    .update(ssoConnections)
    .set({ name, enabled, verifiedAt, revision, updatedAt })
    .where(and(eq(ssoConnections.id, row.id), eq(ssoConnections.organizationId, row.organizationId)))
  await tx.update(samlConnections).set(samlSettingsOf(row)).where(eq(samlConnections.connectionId, row.id))
}

export async function deleteConnection(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx
    .delete(ssoConnections)
    .where(and(eq(ssoConnections.id, id), eq(ssoConnections.organizationId, organizationId)))
}
