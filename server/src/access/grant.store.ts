import { and, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'

/** Role and id of a person's membership that is not suspended, or null. */
export async function findActiveMembership(
  db: Db | Tx,
  organizationId: string,
  userId: string,
): Promise<{ id: string; role: string } | null> {
  const [row] = await db
    .select({ id: memberships.id, role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.userId, userId),
        isNull(memberships.suspendedAt),
      ),
    )
  return row ?? null
}
