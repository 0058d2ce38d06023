import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { samlConnections, ssoConnections } from '../db/schema/sso-connections.ts'
import { ssoEnforcements } from '../db/schema/sso-enforcement.ts'
import { ssoIdentities } from '../db/schema/sso-identities.ts'

export type EnforcementRow = typeof ssoEnforcements.$inferSelect

/** An enforcement that counts: confirmed, or on a trial whose end has not come. */
export const inForce = (now: Date | Placeholder): SQL =>
  sql`(${ssoEnforcements.confirmedAt} is not null or ${gt(ssoEnforcements.trialEndsAt, now)})`

/** The organization's enforcement if it counts now, or null. */
export async function findEnforcement(db: Db | Tx, organizationId: string, now: Date): Promise<EnforcementRow | null> {
  const [row] = await db
    .select()
    .from(ssoEnforcements)
    .where(and(eq(ssoEnforcements.organizationId, organizationId), inForce(now)))
  return row ?? null
}

/** True when an enabled connection of the organization knows the person. */
export async function isKnownToConnection(db: Db | Tx, organizationId: string, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: ssoIdentities.id })
    .from(ssoIdentities)
    .innerJoin(ssoConnections, eq(ssoConnections.id, ssoIdentities.connectionId))
    .where(
      and(
        eq(ssoIdentities.userId, userId),
        eq(ssoConnections.organizationId, organizationId),
        eq(ssoConnections.enabled, true),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** One connection as a way in, of whatever protocol. */
export type EntranceRow = { connectionId: string; connectionName: string; organizationId: string }

/**
 * The organizations' connections that let somebody in now: enabled and complete, those that nobody tried yet included.
 * Oldest first.
 */
export async function listEntrances(db: Db | Tx, organizationIds: readonly string[]): Promise<EntranceRow[]> {
  if (organizationIds.length === 0) return []
  return db
    .select({
      connectionId: ssoConnections.id,
      connectionName: ssoConnections.name,
      organizationId: ssoConnections.organizationId,
    })
    .from(ssoConnections)
    .leftJoin(samlConnections, eq(samlConnections.connectionId, ssoConnections.id))
    .where(
      and(
        inArray(ssoConnections.organizationId, [...organizationIds]),
        eq(ssoConnections.enabled, true),
        // What a SAML connection cannot do without; one of OpenID Connect cannot be stored incomplete.
        or(
          ne(ssoConnections.protocol, 'SAML'),
          and(isNotNull(samlConnections.idpSsoUrl), sql`jsonb_array_length(${samlConnections.idpCertificates}) > 0`),
        ),
      ),
    )
    .orderBy(asc(ssoConnections.id))
}

/** For each organization that lets the person in, whether it takes single sign-on alone. */
export async function listAdmittingOrganizations(
  db: Db | Tx,
  userId: string,
  now: Date,
): Promise<{ organizationId: string; enforced: boolean }[]> {
  const rows = await db
    .select({ organizationId: memberships.organizationId, enforced: ssoEnforcements.organizationId })
    .from(memberships)
    .leftJoin(ssoEnforcements, and(eq(ssoEnforcements.organizationId, memberships.organizationId), inForce(now)))
    .where(and(eq(memberships.userId, userId), isNull(memberships.suspendedAt)))
    .orderBy(asc(memberships.id))
  return rows.map((row) => ({ organizationId: row.organizationId, enforced: row.enforced !== null }))
}
