import type { RequestContext } from '../access/request-context.ts'
import { bySystem, recordAuditEvent } from '../audit/record-audit-event.ts'
import type { Tx } from '../db/client.ts'
import { afterExpiry } from './membership.store.ts'
import { type ExpiredRole, listExpiredRoles, takeExpiredRole } from './membership-expiry.store.ts'

type ExpiryContext = Pick<RequestContext, 'db' | 'clock' | 'actor' | 'requestId' | 'ipAddress'>

async function endRole(
  ctx: Omit<ExpiryContext, 'db'>,
  tx: Tx,
  { id, organizationId, email }: ExpiredRole,
): Promise<void> {
  const from = await takeExpiredRole(tx, organizationId, id, ctx.clock.now())
  if (from === null) return
  const details = { membershipId: id, email, from, to: afterExpiry.role }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.roleExpired', details }, bySystem)
}

/** The same for one role, before it is deleted: whoever held it until now holds it no longer. */
export async function endExpiredRole(
  ctx: Omit<ExpiryContext, 'db'>,
  tx: Tx,
  organizationId: string,
  role: string,
): Promise<void> {
  for (const row of await listExpiredRoles(tx, ctx.clock.now(), { organizationId, role })) await endRole(ctx, tx, row)
}

/**
 * Writes down that roles whose time is over are member again, with an audit event each. They have counted as member
 * since: this keeps the records, and decides nothing. Safe to run on several replicas at once.
 */
export async function endExpiredRoles(ctx: ExpiryContext & { stopping: AbortSignal }): Promise<void> {
  for (const row of await listExpiredRoles(ctx.db, ctx.clock.now())) {
    if (ctx.stopping.aborted) return
    await ctx.db.transaction((tx) => endRole(ctx, tx, row))
  }
}
