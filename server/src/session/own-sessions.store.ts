import { and, desc, eq, exists, gt, ne, sql } from 'drizzle-orm'
import type { UserActor } from '../access/actor.ts'
import type { Db, Tx } from '../db/client.ts'
import { organizations } from '../db/schema/organizations.ts'
import { sessions } from '../db/schema/sessions.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'
import { notIdle, type SessionRow } from './session.store.ts'

/** A session with what it was made through, and the one organization that it enters; null for all of the person's. */
export type OwnSession = SessionRow & {
  connectionName: string | null
  organizationId: string | null
  organizationName: string | null
}

type Asking = Pick<UserActor, 'userId' | 'onlyOrganizationId'>

/**
 * The person's open sessions that the one who asks may know of. An identity provider vouches for people to its own
 * organization alone, so that a session through one knows of no session that is not that organization's own.
 */
const known = (db: Db | Tx, { userId, onlyOrganizationId }: Asking, now: Date) =>
  and(
    eq(sessions.userId, userId),
    gt(sessions.expiresAt, now),
    notIdle(now),
    onlyOrganizationId === null
      ? undefined
      : exists(
          db
            .select({ one: sql`1` })
            .from(ssoConnections)
            .where(
              and(eq(ssoConnections.id, sessions.connectionId), eq(ssoConnections.organizationId, onlyOrganizationId)),
            ),
        ),
  )

const organizationId = sql<string | null>`coalesce(${sessions.recoveryOrganizationId}, (
  select ${ssoConnections.organizationId} from ${ssoConnections} where ${ssoConnections.id} = ${sessions.connectionId}))`

/** Newest first; no more than anybody looks at. @param id that one alone. */
export async function listKnownSessions(db: Db | Tx, asking: Asking, now: Date, id?: string): Promise<OwnSession[]> {
  const rows = await db
    .select({ session: sessions, connectionName: ssoConnections.name, organization: organizations })
    .from(sessions)
    .leftJoin(ssoConnections, eq(ssoConnections.id, sessions.connectionId))
    .leftJoin(organizations, eq(organizations.id, organizationId))
    .where(and(known(db, asking, now), id === undefined ? undefined : eq(sessions.id, id)))
    .orderBy(desc(sessions.id))
    .limit(100)
  return rows.map(({ session, connectionName, organization }) => ({
    ...session,
    connectionName,
    organizationId: organization?.id ?? null,
    organizationName: organization?.name ?? null,
  }))
}

/** Ends one of them, or all but one. @returns which ended, each with the one organization that it entered. */
export async function endKnownSessions(
  tx: Tx,
  asking: Asking,
  now: Date,
  which: { id: string } | { exceptId: string },
): Promise<{ id: string; organizationId: string | null }[]> {
  return tx
    .delete(sessions)
    .where(and(known(tx, asking, now), 'id' in which ? eq(sessions.id, which.id) : ne(sessions.id, which.exceptId)))
    .returning({ id: sessions.id, organizationId })
}
