import type { RequestContext } from '../../access/request-context.ts'
import { bySystem, recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { listExpiredTrials, takeExpiredTrial } from './sso-enforcement.store.ts'

type RevertContext = Pick<RequestContext, 'db' | 'clock' | 'actor' | 'requestId' | 'ipAddress'>

/** Clears the organization's trial if it ended unconfirmed, and says so in the audit log: once, whoever comes first. */
export async function revertExpiredTrial(
  ctx: Omit<RevertContext, 'db'>,
  tx: Tx,
  organizationId: string,
): Promise<void> {
  const trialEndedAt = await takeExpiredTrial(tx, organizationId, ctx.clock.now())
  if (trialEndedAt === null) return
  const details = { trialEndedAt: trialEndedAt.toISOString() }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoEnforcement.reverted', details }, bySystem)
}

/**
 * Clears the trials that nobody confirmed in time. They have counted for nothing since: this keeps the records, and
 * decides nothing.
 */
export async function revertExpiredTrials(ctx: RevertContext & { stopping: AbortSignal }): Promise<void> {
  for (const organizationId of await listExpiredTrials(ctx.db, ctx.clock.now())) {
    if (ctx.stopping.aborted) return
    await ctx.db.transaction((tx) => revertExpiredTrial(ctx, tx, organizationId))
  }
}
