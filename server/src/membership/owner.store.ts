import { and, count, eq, isNull } from 'drizzle-orm'
import { isActiveOwner } from '../access/role.store.ts'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { users } from '../db/schema/users.ts'
import type { MembershipRow } from './membership.store.ts'

/** True of a row as the database holds it when it is that of an owner now who is not suspended. */
export const isActiveOwnerAt = ({ role, roleExpiresAt, suspendedAt }: MembershipRow, now: Date): boolean =>
  role === 'owner' && suspendedAt === null && (roleExpiresAt === null || roleExpiresAt > now)

/** True when the person is an owner somewhere, and not suspended there. */
export async function ownsAnyOrganization(db: Db | Tx, userId: string, now: Date): Promise<boolean> {
  const rows = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isActiveOwner(now)))
    .limit(1)
  return rows.length > 0
}

/** How many owners are neither suspended nor owners for a time: one of them there always is. */
export async function countPermanentOwners(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.role, 'owner'),
        isNull(memberships.roleExpiresAt),
        isNull(memberships.suspendedAt),
      ),
    )
  return row?.count ?? 0
}

/** Where the owners who are not suspended are written to, in the order in which they joined. */
export async function listOwnerEmails(db: Db | Tx, organizationId: string, now: Date): Promise<string[]> {
  const rows = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organizationId, organizationId), isActiveOwner(now)))
    .orderBy(memberships.id)
  return rows.map((row) => row.email)
}
