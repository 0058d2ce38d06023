import type { RequestContext } from '../access/request-context.ts'
import type { NewSession } from './create-session.ts'
import { giveSessionCookie } from './session-cookie.ts'

/**
 * After the transaction that made the session: the answer carries its cookie, and what follows in this request, such
 * as fields of a payload, is answered to the person who just signed in.
 */
export function adoptSession(ctx: RequestContext, user: { id: string; email: string }, session: NewSession): void {
  giveSessionCookie(ctx, session)
  ctx.actor = {
    kind: 'user',
    userId: user.id,
    email: user.email,
    sessionId: session.id,
    onlyOrganizationId: session.onlyOrganizationId,
    recovery: session.recovery,
  }
  ctx.grants.clear()
  ctx.memo.clear()
}
