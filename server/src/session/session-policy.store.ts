import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { organizations } from '../db/schema/organizations.ts'
import { sessions } from '../db/schema/sessions.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'
import { notIdle } from './session.store.ts'
import { type SessionPolicy, usualPolicy } from './session-lifetime.ts'

const idle = sql<number>`coalesce(${organizations.sessionIdleMinutes}, ${usualPolicy.idleMinutes})`
const lifetime = sql<number>`coalesce(${organizations.sessionLifetimeMinutes}, ${usualPolicy.lifetimeMinutes})`

/**
 * Until the transaction ends, nobody changes what decides how long a session lasts: an organization's policy, or which
 * organizations a person can enter. Without it a sign-in under way keeps the policy of a moment ago.
 * @param ids organizations and persons. @param mode exclusive for whoever changes it.
 */
export async function lockPolicies(tx: Tx, ids: readonly string[], mode: 'shared' | 'exclusive'): Promise<void> {
  const lock = sql.raw(mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  // One after the other in the same order everywhere, so that two transactions never wait for each other.
  for (const id of [...ids].sort()) {
    await tx.execute(sql`select ${lock}(hashtextextended(${`session policy ${id}`}, 0))`)
  }
}

export async function findPolicy(db: Db | Tx, organizationId: string): Promise<SessionPolicy> {
  const [row] = await db
    .select({ idleMinutes: idle, lifetimeMinutes: lifetime })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  return row ?? usualPolicy
}

/** The strictest one of all organizations that the person can enter. */
export async function findStrictestPolicy(db: Db | Tx, userId: string): Promise<SessionPolicy> {
  const [row] = await db
    .select({ idleMinutes: sql<number | null>`min(${idle})`, lifetimeMinutes: sql<number | null>`min(${lifetime})` })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(and(eq(memberships.userId, userId), isNull(memberships.suspendedAt)))
  return {
    idleMinutes: row?.idleMinutes ?? usualPolicy.idleMinutes,
    lifetimeMinutes: row?.lifetimeMinutes ?? usualPolicy.lifetimeMinutes,
  }
}

export async function updatePolicy(
  tx: Tx,
  organizationId: string,
  policy: { idleMinutes: number | null; lifetimeMinutes: number | null },
): Promise<void> {
  await tx
    .update(organizations)
    .set({ sessionIdleMinutes: policy.idleMinutes, sessionLifetimeMinutes: policy.lifetimeMinutes })
    .where(eq(organizations.id, organizationId))
}

const cutTo = ({ idleMinutes, lifetimeMinutes }: SessionPolicy) => ({
  idleMinutes: sql`least(${sessions.idleMinutes}, ${idleMinutes})`,
  expiresAt: sql`least(${sessions.expiresAt}, ${sessions.createdAt} + make_interval(mins => ${lifetimeMinutes}))`,
})

const byPassword = and(isNull(sessions.connectionId), isNull(sessions.recoveryOrganizationId))

/** All sessions that can enter the organization. */
function entering(db: Db | Tx, organizationId: string) {
  const itsConnections = db
    .select({ id: ssoConnections.id })
    .from(ssoConnections)
    .where(eq(ssoConnections.organizationId, organizationId))
  const itsMembers = db
    .select({ id: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), isNull(memberships.suspendedAt)))
  return or(inArray(sessions.connectionId, itsConnections), and(byPassword, inArray(sessions.userId, itsMembers)))
}

/** Those of them that are open, and would not be under the policy. */
export async function findSessionsEndedBy(
  db: Db | Tx,
  organizationId: string,
  { idleMinutes, lifetimeMinutes }: SessionPolicy,
  now: Date,
): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const ended = or(
    lte(sql`${sessions.createdAt} + make_interval(mins => ${lifetimeMinutes})`, at),
    lte(sql`${sessions.lastSeenAt} + make_interval(mins => ${idleMinutes})`, at),
  )
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(entering(db, organizationId), gt(sessions.expiresAt, now), notIdle(now), ended))
  return rows.map(({ id }) => id)
}

/** Holds all open sessions that can enter the organization to the policy. None becomes longer. */
export async function cutSessionsOfOrganization(tx: Tx, organizationId: string, policy: SessionPolicy): Promise<void> {
  await tx.update(sessions).set(cutTo(policy)).where(entering(tx, organizationId))
}

/** Holds the person's sessions by password to the policy of an organization that they can enter from now on. */
export async function cutPasswordSessions(tx: Tx, userId: string, policy: SessionPolicy): Promise<void> {
  await tx
    .update(sessions)
    .set(cutTo(policy))
    .where(and(eq(sessions.userId, userId), byPassword))
}
