import { and, asc, eq, lte } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { users } from '../db/schema/users.ts'
import { afterExpiry } from './membership.store.ts'

export type ExpiredRole = { id: string; organizationId: string; email: string }

/** Memberships whose role's time is over: of one role, or of every organization for what happens by itself. */
export function listExpiredRoles(
  db: Db | Tx,
  now: Date,
  only: { organizationId: string; role: string } | null = null,
): Promise<ExpiredRole[]> {
  const ofOne =
    only === null
      ? undefined
      : and(eq(memberships.organizationId, only.organizationId), eq(memberships.role, only.role))
  const expired = db
    .select({ id: memberships.id, organizationId: memberships.organizationId, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(lte(memberships.roleExpiresAt, now), ofOne))
    .orderBy(asc(memberships.roleExpiresAt))
  return only === null ? expired.limit(200) : expired
}

/** Makes the role member again if its time is over. @returns what it was; null when somebody was faster */
export async function takeExpiredRole(tx: Tx, organizationId: string, id: string, now: Date): Promise<string | null> {
  const due = and(
    eq(memberships.organizationId, organizationId),
    eq(memberships.id, id),
    lte(memberships.roleExpiresAt, now),
  )
  const [row] = await tx.select({ role: memberships.role }).from(memberships).where(due).for('update')
  if (row === undefined) return null
  await tx.update(memberships).set(afterExpiry).where(due)
  return row.role
}
