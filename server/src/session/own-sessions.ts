import type { UserActor } from '../access/actor.ts'
import { requireUser } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { notFound } from '../core/errors.ts'
import { listOrganizationIdsOfUser } from '../membership/membership.store.ts'
import { describeBrowser } from './describe-browser.ts'
import { endKnownSessions, listKnownSessions, type OwnSession } from './own-sessions.store.ts'
import { takeSessionCookie } from './session-cookie.ts'

export type SessionMethod = 'PASSWORD' | 'SINGLE_SIGN_ON' | 'RECOVERY_CODE'

/** A session as its person sees it: without the hash of its secret. */
export type SessionView = Pick<
  OwnSession,
  | 'id'
  | 'createdAt'
  | 'lastSeenAt'
  | 'expiresAt'
  | 'ipAddress'
  | 'userAgent'
  | 'connectionName'
  | 'organizationId'
  | 'organizationName'
> & { browser: string; method: SessionMethod; current: boolean }

const methodOf = ({ connectionId, recoveryOrganizationId }: OwnSession): SessionMethod =>
  connectionId !== null ? 'SINGLE_SIGN_ON' : recoveryOrganizationId !== null ? 'RECOVERY_CODE' : 'PASSWORD'

function view(session: OwnSession, actor: UserActor): SessionView {
  const { tokenHash: _, connectionId: __, samlSubject: ___, ...shown } = session
  const browser = describeBrowser(session.userAgent)
  return { ...shown, browser, method: methodOf(session), current: session.id === actor.sessionId }
}

/** The person's own open sessions, newest first, as far as the present one may know of them. @throws UNAUTHENTICATED */
export async function listOwnSessions(ctx: RequestContext): Promise<SessionView[]> {
  const actor = requireUser(ctx)
  return (await listKnownSessions(ctx.db, actor, ctx.clock.now())).map((session) => view(session, actor))
}

/** @throws UNAUTHENTICATED; null for a session that is not the person's, or that the present one cannot know of. */
export async function getOwnSession(ctx: RequestContext, id: string): Promise<SessionView | null> {
  const actor = requireUser(ctx)
  const [session] = await listKnownSessions(ctx.db, actor, ctx.clock.now(), id)
  return session === undefined ? null : view(session, actor)
}

/** Ends some, a fact of the organizations that they entered. @returns their ids. */
async function end(
  ctx: RequestContext,
  actor: UserActor,
  which: { id: string } | { exceptId: string },
): Promise<string[]> {
  const ended = await ctx.db.transaction(async (tx) => {
    const rows = await endKnownSessions(tx, actor, ctx.clock.now(), which)
    const enteredAll = rows.some(({ organizationId }) => organizationId === null)
    const all = enteredAll ? await listOrganizationIdsOfUser(tx, actor.userId) : []
    const concerned = new Set([...all, ...rows.flatMap(({ organizationId }) => organizationId ?? [])])
    for (const each of concerned) {
      const entered = rows.filter(({ organizationId }) => (organizationId ?? each) === each)
      const others = entered.filter(({ id }) => id !== actor.sessionId).length
      const details = { userId: actor.userId, ...(others > 0 && { others }) }
      await recordAuditEvent(ctx, tx, each, { type: 'session.ended', details })
    }
    return rows.map(({ id }) => id)
  })
  if (ended.includes(actor.sessionId)) takeSessionCookie(ctx)
  return ended
}

/** Ends one of the person's own sessions; the present one too. @returns its id. @throws UNAUTHENTICATED, NOT_FOUND */
export async function endSession(ctx: RequestContext, id: string): Promise<string> {
  const [ended] = await end(ctx, requireUser(ctx), { id })
  if (ended === undefined) throw notFound('session')
  return ended
}

/** Ends all of the person's sessions that the present one knows of, but itself. @returns their ids. @throws UNAUTHENTICATED */
export async function endOtherSessions(ctx: RequestContext): Promise<string[]> {
  const actor = requireUser(ctx)
  return end(ctx, actor, { exceptId: actor.sessionId })
}
