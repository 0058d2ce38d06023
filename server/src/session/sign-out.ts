import { requireUser } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { listOrganizationIdsOfUser } from '../membership/membership.store.ts'
import { deleteSession } from './session.store.ts'
import { takeSessionCookie } from './session-cookie.ts'

/** Ends the session that the request came with: a fact of the organizations it could enter. @throws UNAUTHENTICATED */
export async function signOut(ctx: RequestContext): Promise<{ redirectUrl: string | null }> {
  const actor = requireUser(ctx)
  await ctx.db.transaction(async (tx) => {
    await deleteSession(tx, actor.sessionId)
    const { onlyOrganizationId } = actor
    const own = onlyOrganizationId === null ? await listOrganizationIdsOfUser(tx, actor.userId) : [onlyOrganizationId]
    for (const organizationId of own) {
      await recordAuditEvent(ctx, tx, organizationId, { type: 'session.ended', details: { userId: actor.userId } })
    }
  })
  takeSessionCookie(ctx)
  return { redirectUrl: null }
}
