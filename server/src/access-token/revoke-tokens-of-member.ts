import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import type { Tx } from '../db/client.ts'
import { deleteAccessTokensOf } from './access-token.store.ts'

/** Revokes what a person made here, when they leave or are removed: it must not come back to life when they return. */
export async function revokeTokensOfMember(
  ctx: RequestContext,
  tx: Tx,
  organizationId: string,
  userId: string,
): Promise<void> {
  for (const { id, name } of await deleteAccessTokensOf(tx, organizationId, userId)) {
    const details = { accessTokenId: id, name }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'accessToken.revoked', details })
  }
}
