import type { UserActor } from '../access/actor.ts'
import { requireUser } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { notFound } from '../core/errors.ts'
import { listOrganizationIdsOfUser } from '../membership/membership.store.ts'
import { deleteSessions, listOpenSessions, type OpenSession } from './session.store.ts'
import { takeSessionCookie } from './session-cookie.ts'

export type SessionMethod = 'PASSWORD' | 'SINGLE_SIGN_ON' | 'RECOVERY_CODE'

/** A session as its person sees it: without the hash of its secret. */
export type SessionView = Pick<
  OpenSession,
  'id' | 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'ipAddress' | 'userAgent' | 'connectionName' | 'organizationId'
> & { method: SessionMethod; current: boolean }

function view(session: OpenSession, actor: UserActor): SessionView {
  const { id, createdAt, lastSeenAt, expiresAt, ipAddress, userAgent, connectionName, organizationId } = session
  const method =
    session.connectionId !== null
      ? 'SINGLE_SIGN_ON'
      : session.recoveryOrganizationId !== null
        ? 'RECOVERY_CODE'
        : 'PASSWORD'
  const shown = { id, createdAt, lastSeenAt, expiresAt, ipAddress, userAgent, connectionName, organizationId }
  return { ...shown, method, current: id === actor.sessionId }
}

/**
 * An identity provider vouches for people to its own organization alone, so that a session through one knows of no
 * session of the same person that is not the organization's own.
 */
const visible = (ctx: RequestContext, actor: UserActor): Promise<OpenSession[]> =>
  listOpenSessions(ctx.db, actor.userId, actor.onlyOrganizationId, ctx.clock.now())

/** The person's own open sessions, newest first. @throws UNAUTHENTICATED */
export async function listOwnSessions(ctx: RequestContext): Promise<SessionView[]> {
  const actor = requireUser(ctx)
  return (await visible(ctx, actor)).map((session) => view(session, actor))
}

async function end(ctx: RequestContext, actor: UserActor, ended: readonly OpenSession[]): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await deleteSessions(
      tx,
      actor.userId,
      ended.map(({ id }) => id),
    )
    const concerned = new Set<string>()
    for (const { organizationId } of ended) {
      const entered = organizationId === null ? await listOrganizationIdsOfUser(tx, actor.userId) : [organizationId]
      for (const each of entered) concerned.add(each)
    }
    for (const organizationId of concerned) {
      await recordAuditEvent(ctx, tx, organizationId, { type: 'session.ended', details: { userId: actor.userId } })
    }
  })
  if (ended.some(({ id }) => id === actor.sessionId)) takeSessionCookie(ctx)
}

/** @throws UNAUTHENTICATED; null for a session that is not the person's, or that they cannot know of. */
export const getOwnSession = async (ctx: RequestContext, id: string): Promise<SessionView | null> =>
  (await listOwnSessions(ctx)).find((session) => session.id === id) ?? null

/** Ends one of the person's own sessions; the present one too. @returns its id. @throws UNAUTHENTICATED, NOT_FOUND */
export async function endSession(ctx: RequestContext, id: string): Promise<string> {
  const actor = requireUser(ctx)
  const session = (await visible(ctx, actor)).find((each) => each.id === id)
  if (session === undefined) throw notFound('session')
  await end(ctx, actor, [session])
  return id
}

/** Ends all of the person's sessions but the present one. @returns their ids. @throws UNAUTHENTICATED */
export async function endOtherSessions(ctx: RequestContext): Promise<string[]> {
  const actor = requireUser(ctx)
  const others = (await visible(ctx, actor)).filter(({ id }) => id !== actor.sessionId)
  await end(ctx, actor, others)
  return others.map(({ id }) => id)
}
