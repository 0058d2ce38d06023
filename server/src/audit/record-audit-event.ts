import { describeActor } from '../access/actor.ts'
import type { RequestContext } from '../access/request-context.ts'
import { createId } from '../core/ids.ts'
import type { Tx } from '../db/client.ts'
import { insertAuditEvent } from './audit-event.store.ts'
import { type AuditEventInput, summarize } from './audit-event.ts'

/** Who did it, as text that stays readable. */
export type AuditAuthor = { actor: string; actorId: string | null }

/** What happens by itself, without anybody asking. */
export const bySystem: AuditAuthor = { actor: 'Gatehouse', actorId: null }

type AuditContext = Pick<RequestContext, 'actor' | 'clock' | 'requestId' | 'ipAddress'>

/**
 * Records a fact in the transaction of the change itself, so that neither is ever without the other.
 * @param by who did it, when that is not the request's actor: a person who only just signed in, or the system.
 */
export async function recordAuditEvent(
  ctx: AuditContext,
  tx: Tx,
  organizationId: string,
  event: AuditEventInput,
  by: AuditAuthor = describeActor(ctx.actor),
): Promise<void> {
  const at = ctx.clock.now()
  await insertAuditEvent(tx, {
    id: createId('aud', at),
    organizationId,
    at,
    type: event.type,
    ...by,
    summary: summarize(event),
    details: event.details,
    requestId: ctx.requestId,
    ipAddress: ctx.ipAddress,
  })
}
