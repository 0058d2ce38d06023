import { and, asc, eq, isNull, not, sql } from 'drizzle-orm'
import { inForce } from '../../access/enforcement.store.ts'
import type { Db } from '../../db/client.ts'
import { memberships } from '../../db/schema/memberships.ts'
import { organizations } from '../../db/schema/organizations.ts'
import { sessions } from '../../db/schema/sessions.ts'
import { ssoConnections } from '../../db/schema/sso-connections.ts'
import { ssoEnforcements } from '../../db/schema/sso-enforcement.ts'
import type { OrganizationRow } from '../../organization/organization.store.ts'

/**
 * The organizations that would let the person in, and only through single sign-on; by name. Not the one that this
 * session switched it on for, while it is on trial: it still enters there.
 */
export async function listEnforcingOrganizationsOfUser(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId: string },
  now: Date,
): Promise<OrganizationRow[]> {
  const mayUndo = sql`(${ssoEnforcements.confirmedAt} is null
    and ${ssoEnforcements.enforcedByCredentialId} is not distinct from ${sessionId})`
  const rows = await db
    .select({ organization: organizations })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .innerJoin(ssoEnforcements, eq(ssoEnforcements.organizationId, organizations.id))
    .where(and(eq(memberships.userId, userId), isNull(memberships.suspendedAt), inForce(now), not(mayUndo)))
    .orderBy(asc(organizations.name), asc(organizations.id))
    .limit(100)
  return rows.map(({ organization }) => organization)
}

/** The name of the connection that the session was made through; null for a password. */
export async function findConnectionNameOfSession(db: Db, sessionId: string): Promise<string | null> {
  const [row] = await db
    .select({ name: ssoConnections.name })
    .from(sessions)
    .innerJoin(ssoConnections, eq(ssoConnections.id, sessions.connectionId))
    .where(eq(sessions.id, sessionId))
  return row?.name ?? null
}
