import { and, eq, gt, inArray, isNull, lte, ne, not, notExists, or, type Placeholder, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { prepared } from '../db/prepared.ts'
import { memberships } from '../db/schema/memberships.ts'
import { sessions } from '../db/schema/sessions.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'
import { users } from '../db/schema/users.ts'

export type SessionRow = typeof sessions.$inferSelect

/** Used within the time that it may lie idle. */
export const notIdle = (now: Date | Placeholder) =>
  sql`${sessions.lastSeenAt} + make_interval(mins => ${sessions.idleMinutes}) > ${now instanceof Date ? now.toISOString() : now}::timestamptz`

export async function insertSession(tx: Tx, row: SessionRow): Promise<void> {
  await tx.insert(sessions).values(row)
}

const openSession = prepared((db) =>
  db
    .select({
      id: sessions.id,
      userId: sessions.userId,
      onlyOrganizationId: ssoConnections.organizationId,
      recoveryOrganizationId: sessions.recoveryOrganizationId,
      lastSeenAt: sessions.lastSeenAt,
      email: users.email,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(ssoConnections, eq(ssoConnections.id, sessions.connectionId))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        gt(sessions.expiresAt, sql.placeholder('now')),
        notIdle(sql.placeholder('now')),
      ),
    )
    .prepare('open_session'),
)

/** The open session with this token hash and its user's address; null when unknown, expired or idle too long. */
export async function findOpenSession(
  db: Db | Tx,
  tokenHash: string,
  now: Date,
): Promise<
  | (Pick<SessionRow, 'id' | 'userId' | 'lastSeenAt' | 'recoveryOrganizationId'> & {
      email: string
      onlyOrganizationId: string | null
    })
  | null
> {
  const [row] = await openSession(db).execute({ tokenHash, now: now.toISOString() })
  return row ?? null
}

/** When the session ends, whatever the activity; null when it has ended. */
export async function findSessionEnd(db: Db | Tx, id: string): Promise<Date | null> {
  const [row] = await db.select({ expiresAt: sessions.expiresAt }).from(sessions).where(eq(sessions.id, id))
  return row?.expiresAt ?? null
}

export async function touchSession(db: Db | Tx, id: string, lastSeenAt: Date): Promise<void> {
  await db.update(sessions).set({ lastSeenAt }).where(eq(sessions.id, id))
}

export async function deleteSession(db: Db | Tx, id: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, id))
}

/** Ends the session. @returns what it was made through; null when it had ended already. */
export async function takeSession(
  tx: Tx,
  id: string,
): Promise<Pick<SessionRow, 'connectionId' | 'samlSubject'> | null> {
  const [row] = await tx
    .delete(sessions)
    .where(eq(sessions.id, id))
    .returning({ connectionId: sessions.connectionId, samlSubject: sessions.samlSubject })
  return row ?? null
}

/** Sessions of this connection whose NameID has this value, with their people; locked until the transaction ends. */
export async function lockSessionsOfNameId(
  tx: Tx,
  connectionId: string,
  nameId: string,
): Promise<(Pick<SessionRow, 'id' | 'userId' | 'samlSubject'> & { email: string })[]> {
  return tx
    .select({ id: sessions.id, userId: sessions.userId, samlSubject: sessions.samlSubject, email: users.email })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(sessions.connectionId, connectionId), sql`(${sessions.samlSubject} -> 'nameId' ->> 'value') = ${nameId}`),
    )
    .for('update', { of: sessions })
}

export async function deleteSessionsOfConnection(tx: Tx, connectionId: string, ids: readonly string[]): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.connectionId, connectionId), inArray(sessions.id, [...ids])))
}

/** Sessions made through a connection, when it is disabled, deleted or its trust changes. */
export async function endSessionsOfConnection(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.connectionId, connectionId))
}

/**
 * Ends the sessions of a person who lost an organization: those made through its connections or by its recovery
 * codes, and all the others too when no other organization lets them in.
 * @returns how many.
 */
export async function endSessionsAfterLosingOrganization(
  tx: Tx,
  userId: string,
  organizationId: string,
): Promise<number> {
  const itsConnections = tx
    .select({ id: ssoConnections.id })
    .from(ssoConnections)
    .where(eq(ssoConnections.organizationId, organizationId))
  const elsewhere = tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        ne(memberships.organizationId, organizationId),
        isNull(memberships.suspendedAt),
      ),
    )
  const ended = await tx
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        or(
          inArray(sessions.connectionId, itsConnections),
          eq(sessions.recoveryOrganizationId, organizationId),
          notExists(elsewhere),
        ),
      ),
    )
    .returning({ id: sessions.id })
  return ended.length
}

export async function deleteExpiredSessions(db: Db | Tx, now: Date): Promise<void> {
  await db.delete(sessions).where(or(lte(sessions.expiresAt, now), not(notIdle(now))))
}
