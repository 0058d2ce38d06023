import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { membershipCounts } from '../db/schema/membership-counts.ts'
import { memberships } from '../db/schema/memberships.ts'

/** Those whose role has ended and is about to be settled: few, since it is done within seconds. */
const ended = (organizationId: string, now: Date, role: string | null): SQL =>
  sql`(select count(*) from ${memberships} where ${and(
    eq(memberships.organizationId, organizationId),
    lte(memberships.roleExpiresAt, now),
    role === null ? undefined : eq(memberships.role, role),
  )})`

/** How many members the organization has, suspended ones included; of one role where that is given. */
export async function countMembers(
  db: Db | Tx,
  organizationId: string,
  role: string | null,
  now: Date,
): Promise<number> {
  const counted = sql`coalesce(sum(${membershipCounts.change}), 0)`
  const settled =
    role === null
      ? counted
      : role === 'member'
        ? sql`${counted} + ${ended(organizationId, now, null)}`
        : sql`${counted} - ${ended(organizationId, now, role)}`
  const ofRole = role === null ? undefined : eq(membershipCounts.role, role)
  const [row] = await db
    .select({ count: sql<number>`(${settled})::integer` })
    .from(membershipCounts)
    .where(and(eq(membershipCounts.organizationId, organizationId), ofRole))
  return row?.count ?? 0
}

/**
 * Adds up what was counted since the last time: of each role of an organization one row is left, and none of those that
 * have nobody. Each row is taken by one replica, which writes its sum in the same statement.
 */
export async function sumMembershipCounts(db: Db): Promise<void> {
  await db.execute(sql`
    with due as (
      select organization_id, role from ${membershipCounts} group by organization_id, role having count(*) > 1
    ), taken as (
      delete from ${membershipCounts} using due
      where ${membershipCounts.organizationId} = due.organization_id and ${membershipCounts.role} = due.role
      returning ${membershipCounts.organizationId}, ${membershipCounts.role}, ${membershipCounts.change}
    )
    insert into ${membershipCounts} (organization_id, role, change)
    select organization_id, role, sum(change) from taken group by organization_id, role having sum(change) <> 0`)
}
