import { authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { forbidden, notFound } from '../core/errors.ts'
import { findInvitation } from '../membership/invitation.store.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { invitedRole, mayInviteTo } from './invitation-view.ts'
import { type CreatedInvitation, inviterId, sendInvitation } from './send-invitation.ts'

/**
 * Sends an invitation again, with a new link that holds for 48 hours; the earlier link holds no more. The actor answers
 * for it from now on. @throws NOT_FOUND, FORBIDDEN, RATE_LIMITED
 */
export async function resendInvitation(ctx: RequestContext, invitationId: string): Promise<CreatedInvitation> {
  const found = await findInvitation(ctx.db, invitationId)
  const { row } = await authorizeOwned(ctx, 'member:invite', 'invitation', found)
  await ctx.limits.consume('inviteByActor', inviterId(ctx))
  return ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, row.organizationId)
    const now = await findInvitation(tx, invitationId)
    const asNow = { ...ctx, db: tx, grants: new Map() }
    const { grant } = await authorizeOwned(asNow, 'member:invite', 'invitation', now)
    if (now === null) throw notFound('invitation')
    if (!mayInviteTo(grant.role, grant.roleExpiresAt, invitedRole(now))) {
      throw forbidden('member:invite', 'This invitation gives a role that you may not give. Ask an organization owner.')
    }
    return sendInvitation(ctx, tx, now, 'invitation.resent')
  })
}
