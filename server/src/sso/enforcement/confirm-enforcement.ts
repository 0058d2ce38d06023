import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { confirmTrial } from './sso-enforcement.store.ts'

/**
 * In the transaction of a sign-in that succeeded: an owner's confirms a running trial, since it shows that somebody
 * who can switch enforcement off can come in.
 */
export async function confirmEnforcement(
  ctx: RequestContext,
  tx: Tx,
  connection: { id: string; organizationId: string; name: string },
  user: { id: string; email: string },
): Promise<void> {
  const { id: connectionId, organizationId, name } = connection
  if (!(await confirmTrial(tx, organizationId, user.id, ctx.clock.now()))) return
  const by = { actor: user.email, actorId: user.id }
  await recordAuditEvent(
    ctx,
    tx,
    organizationId,
    { type: 'ssoEnforcement.confirmed', details: { connectionId, name } },
    by,
  )
}
