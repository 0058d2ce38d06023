import { and, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { membershipCounts } from '../db/schema/membership-counts.ts'

/** How many members the organization has, suspended ones included; of one role where that is given. */
export async function countMembers(db: Db | Tx, organizationId: string, role: string | null): Promise<number> {
  const ofRole = role === null ? undefined : eq(membershipCounts.role, role)
  const [row] = await db
    .select({ count: sql<number>`coalesce(sum(${membershipCounts.change}), 0)::integer` })
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
