import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import type { Tx } from '../db/client.ts'
import { deleteInvitationsOf } from './invitation.store.ts'

/**
 * For somebody who leaves or is removed: no link brings them back, and nobody comes in by a link of theirs.
 */
export async function revokeInvitationsOfMember(
  ctx: RequestContext,
  tx: Tx,
  organizationId: string,
  user: { id: string; email: string },
): Promise<void> {
  for (const { id, email } of await deleteInvitationsOf(tx, organizationId, user)) {
    const details = { invitationId: id, email }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'invitation.revoked', details })
  }
}
