import { and, count, desc, eq, gte, inArray, isNull, not, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Db } from '../../db/client.ts'
import { memberships } from '../../db/schema/memberships.ts'
import { signInAttempts } from '../../db/schema/sign-in-attempts.ts'
import { usedSso } from '../../membership/used-sso.store.ts'

/** A sign-in proper: tests let nobody in, and say nothing about how people fare. */
const isSignIn = isNull(signInAttempts.testId)

export type SignInCount = { succeeded: number; refused: number }

/** How many sign-ins through each of these connections succeeded and were refused since then; none: left out. */
export async function countSignInsSince(
  db: Db,
  connectionIds: string[],
  since: Date,
): Promise<Map<string, SignInCount>> {
  const rows = await db
    .select({
      connectionId: signInAttempts.connectionId,
      succeeded: count(sql`case when ${signInAttempts.succeeded} then 1 end`),
      refused: count(sql`case when not ${signInAttempts.succeeded} then 1 end`),
    })
    .from(signInAttempts)
    .where(and(inArray(signInAttempts.connectionId, connectionIds), isSignIn, gte(signInAttempts.at, since)))
    .groupBy(signInAttempts.connectionId)
  return new Map(rows.map(({ connectionId, ...counts }) => [connectionId, counts]))
}

/** When somebody signed in last through each of these connections; nobody ever: left out. */
export async function findLastSignIns(db: Db, connectionIds: string[]): Promise<Map<string, Date>> {
  const lastOf = (connectionId: string) =>
    db
      .select({ connectionId: signInAttempts.connectionId, at: signInAttempts.at })
      .from(signInAttempts)
      .where(and(eq(signInAttempts.connectionId, connectionId), isSignIn, signInAttempts.succeeded))
      .orderBy(desc(signInAttempts.id))
      .limit(1)
  const [first, second, ...others] = connectionIds.map(lastOf)
  if (first === undefined) return new Map()
  const rows = await (second === undefined ? first : unionAll(first, second, ...others))
  return new Map(rows.map(({ connectionId, at }) => [connectionId, at]))
}

const neverUsedSso = (): SQL => not(usedSso())

/** How many members, `most` at most, no connection of their organization knows. */
export async function countMembersWithoutSso(db: Db, organizationId: string, most: number): Promise<number> {
  const some = db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), isNull(memberships.suspendedAt), neverUsedSso()))
    .limit(most)
    .as('some')
  const [row] = await db.select({ count: count() }).from(some)
  return row?.count ?? 0
}
