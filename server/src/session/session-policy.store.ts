import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { organizations } from '../db/schema/organizations.ts'
import { sessions } from '../db/schema/sessions.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'
import { type SessionPolicy, usualPolicy } from './session-lifetime.ts'

const idle = sql<number>`coalesce(${organizations.sessionIdleMinutes}, ${usualPolicy.idleMinutes})`
const lifetime = sql<number>`coalesce(${organizations.sessionLifetimeMinutes}, ${usualPolicy.lifetimeMinutes})`

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

/** Holds all open sessions that can enter the organization to the policy. None becomes longer. */
export async function cutSessionsOfOrganization(tx: Tx, organizationId: string, policy: SessionPolicy): Promise<void> {
  const itsConnections = tx
    .select({ id: ssoConnections.id })
    .from(ssoConnections)
    .where(eq(ssoConnections.organizationId, organizationId))
  const itsMembers = tx
    .select({ id: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), isNull(memberships.suspendedAt)))
  await tx
    .update(sessions)
    .set(cutTo(policy))
    .where(or(inArray(sessions.connectionId, itsConnections), and(byPassword, inArray(sessions.userId, itsMembers))))
}

/** Holds the person's sessions by password to the policy of an organization that they can enter from now on. */
export async function cutPasswordSessions(tx: Tx, userId: string, policy: SessionPolicy): Promise<void> {
  await tx
    .update(sessions)
    .set(cutTo(policy))
    .where(and(eq(sessions.userId, userId), byPassword))
}
