import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { prepared } from '../db/prepared.ts'
import { memberships } from '../db/schema/memberships.ts'
import { roles } from '../db/schema/roles.ts'
import { ssoEnforcements } from '../db/schema/sso-enforcement.ts'
import type { Enforced } from './admission.ts'
import { inForce } from './enforcement.store.ts'
import { builtInRole, type RoleDefinition } from './permission.ts'
import { roleOfRow } from './role.store.ts'

const activeMembership = prepared((db) =>
  db
    .select({
      id: memberships.id,
      role: memberships.role,
      customRole: roles,
      roleExpiresAt: memberships.roleExpiresAt,
      enforcedFor: ssoEnforcements.organizationId,
      confirmedAt: ssoEnforcements.confirmedAt,
      byCredentialId: ssoEnforcements.enforcedByCredentialId,
    })
    .from(memberships)
    .leftJoin(roles, and(eq(roles.organizationId, memberships.organizationId), eq(roles.key, memberships.role)))
    .leftJoin(
      ssoEnforcements,
      and(eq(ssoEnforcements.organizationId, memberships.organizationId), inForce(sql.placeholder('now'))),
    )
    .where(
      and(
        eq(memberships.organizationId, sql.placeholder('organizationId')),
        eq(memberships.userId, sql.placeholder('userId')),
        isNull(memberships.suspendedAt),
      ),
    )
    .prepare('active_membership'),
)

/**
 * Role and id of a person's membership that is not suspended, or null, and whether the organization enforces single
 * sign-on: one query, since every operation asks it. A role whose time is over is member again.
 */
export async function findActiveMembership(
  db: Db | Tx,
  organizationId: string,
  userId: string,
  now: Date,
): Promise<{ id: string; role: RoleDefinition; roleExpiresAt: Date | null; enforced: Enforced } | null> {
  const [row] = await activeMembership(db).execute({ organizationId, userId, now: now.toISOString() })
  if (row === undefined) return null
  const { id, role, customRole, roleExpiresAt, enforcedFor, confirmedAt, byCredentialId } = row
  const ended = roleExpiresAt !== null && roleExpiresAt <= now
  return {
    id,
    role: ended ? builtInRole('member') : roleOfRow(role, customRole),
    roleExpiresAt: ended ? null : roleExpiresAt,
    enforced: enforcedFor === null ? null : { confirmed: confirmedAt !== null, byCredentialId },
  }
}
