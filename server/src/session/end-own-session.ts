import { requireActor, requireUser } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { listOrganizationIdsOfUser } from '../membership/membership.store.ts'
import { type SessionRow, takeSession } from './session.store.ts'
import { takeSessionCookie } from './session-cookie.ts'

/**
 * Ends the session that the request came with: a fact of the organizations it could enter.
 * @returns what it was made through; null when another request ended it first. @throws UNAUTHENTICATED
 */
export async function endOwnSession(
  ctx: RequestContext,
): Promise<Pick<SessionRow, 'connectionId' | 'samlSubject'> | null> {
  // Also a session that a recovery code opened may be ended.
  const someone = requireActor(ctx)
  const actor = someone.kind === 'user' ? someone : requireUser(ctx)
  const ended = await ctx.db.transaction(async (tx) => {
    const session = await takeSession(tx, actor.sessionId)
    const { onlyOrganizationId } = actor
    const own = onlyOrganizationId === null ? await listOrganizationIdsOfUser(tx, actor.userId) : [onlyOrganizationId]
    for (const organizationId of own) {
      await recordAuditEvent(ctx, tx, organizationId, { type: 'session.ended', details: { userId: actor.userId } })
    }
    return session
  })
  takeSessionCookie(ctx)
  return ended
}
