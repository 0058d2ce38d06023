import { authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { forbidden, notFound } from '../core/errors.ts'
import { deleteInvitation, findInvitation } from '../membership/invitation.store.ts'
import { mayWithdraw } from './invitation-view.ts'

/** Takes an invitation back: its link lets nobody in from now on. @returns its id. @throws NOT_FOUND, FORBIDDEN */
export async function revokeInvitation(ctx: RequestContext, invitationId: string): Promise<string> {
  const found = await findInvitation(ctx.db, invitationId)
  const { row, grant } = await authorizeOwned(ctx, 'member:invite', 'invitation', found)
  if (!mayWithdraw(grant, row)) {
    throw forbidden('member:invite', 'This invitation gives a role above your own. Ask an organization owner.')
  }
  await ctx.db.transaction(async (tx) => {
    if (!(await deleteInvitation(tx, row.organizationId, invitationId))) throw notFound('invitation')
    const details = { invitationId, email: row.email }
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'invitation.revoked', details })
  })
  return invitationId
}
