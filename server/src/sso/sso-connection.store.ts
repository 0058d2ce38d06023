import { and, asc, eq, getTableColumns, gt } from 'drizzle-orm'
import { idPrefix } from '../core/ids.ts'
import type { Db, Tx } from '../db/client.ts'
import { constraintError } from '../db/constraint-error.ts'
import { oidcConnections, samlConnections, ssoConnections } from '../db/schema/sso-connections.ts'

/** What every connection has, whatever its protocol. */
export type ConnectionRow = typeof ssoConnections.$inferSelect

/** SAML's own settings. */
export type SamlSettings = Omit<typeof samlConnections.$inferSelect, 'connectionId'>

/** OpenID Connect's own settings. */
export type OidcSettings = Omit<typeof oidcConnections.$inferSelect, 'connectionId'>

/** A SAML connection: what every connection has, and its own settings, in one row. */
export type SamlConnectionRow = ConnectionRow & { protocol: 'SAML' } & SamlSettings

/** The same of OpenID Connect: with Okta Workforce, or with anybody else. */
export type OidcConnectionRow = ConnectionRow & { protocol: 'OKTA' | 'OIDC' } & OidcSettings

/** Either, told apart by `protocol`. */
export type SsoConnectionRow = SamlConnectionRow | OidcConnectionRow

type Joined = {
  connection: ConnectionRow
  saml: typeof samlConnections.$inferSelect | null
  oidc: typeof oidcConnections.$inferSelect | null
}

function toRow({ connection, saml, oidc }: Joined): SsoConnectionRow {
  const { protocol } = connection
  if (protocol === 'SAML' && saml !== null) {
    const { connectionId: _, ...settings } = saml
    return { ...connection, protocol, ...settings }
  }
  if (protocol !== 'SAML' && oidc !== null) {
    const { connectionId: _, ...settings } = oidc
    return { ...connection, protocol, ...settings }
  }
  throw new Error(`${connection.id} has no settings of its protocol`)
}

const selectConnections = (db: Db | Tx) =>
  db
    .select({ connection: ssoConnections, saml: samlConnections, oidc: oidcConnections })
    .from(ssoConnections)
    .leftJoin(samlConnections, eq(samlConnections.connectionId, ssoConnections.id))
    .leftJoin(oidcConnections, eq(oidcConnections.connectionId, ssoConnections.id))

const onlySaml = (row: SsoConnectionRow | null): SamlConnectionRow | null => (row?.protocol === 'SAML' ? row : null)

/** Of every protocol, oldest first. */
export async function listConnections(db: Db | Tx, organizationId: string): Promise<SsoConnectionRow[]> {
  const rows = await selectConnections(db)
    .where(eq(ssoConnections.organizationId, organizationId))
    .orderBy(asc(ssoConnections.id))
  return rows.map(toRow)
}

/** Of every organization, by id, those after `after`: for what happens by itself. */
export async function listEnabledSamlConnections(
  db: Db | Tx,
  after: string,
  limit: number,
): Promise<SamlConnectionRow[]> {
  const rows = await selectConnections(db)
    .where(and(eq(ssoConnections.enabled, true), eq(ssoConnections.protocol, 'SAML'), gt(ssoConnections.id, after)))
    .orderBy(asc(ssoConnections.id))
    .limit(limit)
  return rows.flatMap((row) => onlySaml(toRow(row)) ?? [])
}

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findConnection(db: Db | Tx, id: string): Promise<SsoConnectionRow | null> {
  // Addresses come from anybody; what is no id at all need not reach the database.
  if (idPrefix(id) !== 'sso') return null
  const [row] = await selectConnections(db).where(eq(ssoConnections.id, id))
  return row === undefined ? null : toRow(row)
}

/** The same, unless it is of another protocol. */
export const findSamlConnection = async (db: Db | Tx, id: string): Promise<SamlConnectionRow | null> =>
  onlySaml(await findConnection(db, id))

/**
 * The same, locked until the transaction ends: two changes of one connection take turns (`update`), and none happens
 * beside those who only rely on it (`share`), who do not hinder one another. Locked first and read afterwards: a
 * statement that waits for one table's row sees another table as it was before the wait.
 */
export async function lockConnection(
  tx: Tx,
  organizationId: string,
  id: string,
  strength: 'update' | 'share' = 'update',
): Promise<SsoConnectionRow | null> {
  const locked = await tx
    .select({ id: ssoConnections.id })
    .from(ssoConnections)
    .where(and(eq(ssoConnections.id, id), eq(ssoConnections.organizationId, organizationId)))
    .for(strength)
  return locked.length === 0 ? null : findConnection(tx, id)
}

/** The same, unless it is of another protocol. */
export const lockSamlConnection = async (...of: Parameters<typeof lockConnection>): Promise<SamlConnectionRow | null> =>
  onlySaml(await lockConnection(...of))

const { connectionId: _, ...samlColumns } = getTableColumns(samlConnections)

const samlSettingsOf = (row: SamlConnectionRow): SamlSettings =>
  Object.fromEntries(Object.keys(samlColumns).map((key) => [key, row[key as keyof SamlSettings]])) as SamlSettings

async function insertConnection(tx: Tx, row: ConnectionRow): Promise<void> {
  const { id, organizationId, protocol, name, enabled, verifiedAt, revision, createdAt, updatedAt } = row
  try {
    await tx
      .insert(ssoConnections)
      .values({ id, organizationId, protocol, name, enabled, verifiedAt, revision, createdAt, updatedAt })
  } catch (error) {
    throw constraintError(error)
  }
}

/** What every connection has; its settings stay. */
export async function updateConnection(tx: Tx, row: ConnectionRow): Promise<void> {
  const { name, enabled, verifiedAt, revision, updatedAt } = row
  await tx
    .update(ssoConnections)
    .set({ name, enabled, verifiedAt, revision, updatedAt })
    .where(and(eq(ssoConnections.id, row.id), eq(ssoConnections.organizationId, row.organizationId)))
}

export async function insertSamlConnection(tx: Tx, row: SamlConnectionRow): Promise<void> {
  await insertConnection(tx, row)
  await tx.insert(samlConnections).values({ connectionId: row.id, ...samlSettingsOf(row) })
}

export async function updateSamlConnection(tx: Tx, row: SamlConnectionRow): Promise<void> {
  await updateConnection(tx, row)
  await tx.update(samlConnections).set(samlSettingsOf(row)).where(eq(samlConnections.connectionId, row.id))
}

const oidcSettingsOf = ({
  issuer,
  oktaDomain,
  clientId,
  sealedClientSecret,
  attributeMapping,
}: OidcConnectionRow): OidcSettings => ({ issuer, oktaDomain, clientId, sealedClientSecret, attributeMapping })

export async function insertOidcConnection(tx: Tx, row: OidcConnectionRow): Promise<void> {
  await insertConnection(tx, row)
  await tx.insert(oidcConnections).values({ connectionId: row.id, ...oidcSettingsOf(row) })
}

export async function updateOidcConnection(tx: Tx, row: OidcConnectionRow): Promise<void> {
  await updateConnection(tx, row)
  await tx.update(oidcConnections).set(oidcSettingsOf(row)).where(eq(oidcConnections.connectionId, row.id))
}

export async function deleteConnection(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx
    .delete(ssoConnections)
    .where(and(eq(ssoConnections.id, id), eq(ssoConnections.organizationId, organizationId)))
}
