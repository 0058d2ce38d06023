import { and, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { ssoEnforcements } from '../db/schema/sso-enforcement.ts'
import type { Enforced } from './admission.ts'
import { inForce } from './enforcement.store.ts'

/**
 * Role and id of a person's membership that is not suspended, or null, and whether the organization enforces single
 * sign-on: one query, since every operation asks it.
 */
export async function findActiveMembership(
  db: Db | Tx,
  organizationId: string,
  userId: string,
  now: Date,
): Promise<{ id: string; role: string; enforced: Enforced } | null> {
  const [row] = await db
    .select({
      id: memberships.id,
      role: memberships.role,
      enforcedFor: ssoEnforcements.organizationId,
      confirmedAt: ssoEnforcements.confirmedAt,
      byCredentialId: ssoEnforcements.enforcedByCredentialId,
    })
    .from(memberships)
    .leftJoin(ssoEnforcements, and(eq(ssoEnforcements.organizationId, memberships.organizationId), inForce(now)))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.userId, userId),
        isNull(memberships.suspendedAt),
      ),
    )
  if (row === undefined) return null
  const { id, role, enforcedFor, confirmedAt, byCredentialId } = row
  return { id, role, enforced: enforcedFor === null ? null : { confirmed: confirmedAt !== null, byCredentialId } }
}
