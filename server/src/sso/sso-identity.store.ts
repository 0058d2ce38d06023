import { and, count, eq, inArray, ne } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'
import { ssoIdentities } from '../db/schema/sso-identities.ts'

/** The user whom this connection knows by this subject, or null. */
export async function findIdentityUserId(db: Db | Tx, connectionId: string, subject: string): Promise<string | null> {
  const [row] = await db
    .select({ userId: ssoIdentities.userId })
    .from(ssoIdentities)
    .where(and(eq(ssoIdentities.connectionId, connectionId), eq(ssoIdentities.subject, subject)))
  return row?.userId ?? null
}

/** How many people each of these connections knows; those that know nobody are left out. */
export async function countIdentities(db: Db | Tx, connectionIds: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ connectionId: ssoIdentities.connectionId, count: count() })
    .from(ssoIdentities)
    .where(inArray(ssoIdentities.connectionId, connectionIds))
    .groupBy(ssoIdentities.connectionId)
  return new Map(rows.map((row) => [row.connectionId, row.count]))
}

/** True when any connection knows the person. */
export async function hasIdentity(db: Db | Tx, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: ssoIdentities.id })
    .from(ssoIdentities)
    .where(eq(ssoIdentities.userId, userId))
    .limit(1)
  return rows.length > 0
}

/** Nobody is known by a subject any more: another identity provider's subjects are other people's. */
export async function deleteIdentities(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(ssoIdentities).where(eq(ssoIdentities.connectionId, connectionId))
}

/** True when this connection knows the person, by whatever subject. */
export async function isKnownToConnection(db: Db | Tx, connectionId: string, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: ssoIdentities.id })
    .from(ssoIdentities)
    .where(and(eq(ssoIdentities.connectionId, connectionId), eq(ssoIdentities.userId, userId)))
    .limit(1)
  return rows.length > 0
}

/** True when the person is a member of another organization, suspended or not, or known to a connection of one. */
export async function isKnownElsewhere(db: Db | Tx, userId: string, organizationId: string): Promise<boolean> {
  const asMember = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), ne(memberships.organizationId, organizationId)))
    .limit(1)
  if (asMember.length > 0) return true
  const byIdentity = await db
    .select({ id: ssoIdentities.id })
    .from(ssoIdentities)
    .innerJoin(ssoConnections, eq(ssoConnections.id, ssoIdentities.connectionId))
    .where(and(eq(ssoIdentities.userId, userId), ne(ssoConnections.organizationId, organizationId)))
    .limit(1)
  return byIdentity.length > 0
}

/** @returns false when the connection knows the subject already. */
export async function insertIdentity(tx: Tx, row: typeof ssoIdentities.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(ssoIdentities).values(row).onConflictDoNothing().returning({ id: ssoIdentities.id })
  return rows.length > 0
}
