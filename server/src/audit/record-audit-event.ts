import { describeActor } from '../access/actor.ts'
import type { RequestContext } from '../access/request-context.ts'
import { createIdAfter } from '../core/ids.ts'
import { beforeCommit } from '../db/before-commit.ts'
import type { Tx } from '../db/client.ts'
import { hashOf } from './audit-chain.ts'
import { type AuditChainRow, type AuditEventRow, appendAuditEvents, lockAuditChains } from './audit-event.store.ts'
import { type AuditEventInput, summarize } from './audit-event.ts'

/** Who did it, as text that stays readable. */
export type AuditAuthor = { actor: string; actorId: string | null }

/** What happens by itself, without anybody asking. */
export const bySystem: AuditAuthor = { actor: 'Gatehouse', actorId: null }

type AuditContext = Pick<RequestContext, 'actor' | 'clock' | 'requestId' | 'ipAddress'>

/** An event that has no place in the chain yet, and so neither id nor time. */
type Unchained = Omit<AuditEventRow, 'id' | 'at' | 'sequence' | 'previousHash' | 'hash'> & Pick<AuditContext, 'clock'>

const recorded = new WeakMap<Tx, Unchained[]>()

/**
 * Records a fact in the transaction of the change itself, so that neither is ever without the other. It is written,
 * and takes its place in the organization's chain, as the last thing of the transaction: see beforeCommit().
 * @param by who did it, when that is not the request's actor: a person who only just signed in, or the system.
 */
export function recordAuditEvent(
  ctx: AuditContext,
  tx: Tx,
  organizationId: string,
  event: AuditEventInput,
  by: AuditAuthor = describeActor(ctx.actor),
): Promise<void> {
  const { clock, requestId, ipAddress } = ctx
  const { type, details } = event
  const facts = { organizationId, type, ...by, summary: summarize(event), details, requestId, ipAddress, clock }
  const events = recorded.get(tx)
  if (events === undefined) {
    const all = [facts]
    recorded.set(tx, all)
    beforeCommit(tx, () => chain(tx, all))
  } else {
    events.push(facts)
  }
  return Promise.resolve()
}

/** Writes the events of one transaction, each after the last one of its organization. */
async function chain(tx: Tx, events: Unchained[]): Promise<void> {
  const organizationIds = [...new Set(events.map(({ organizationId }) => organizationId))]
  const heads = new Map<string, AuditChainRow>()
  for (const head of await lockAuditChains(tx, organizationIds)) heads.set(head.organizationId, head)
  const rows = events.map(({ clock, ...event }) => {
    const head = heads.get(event.organizationId)
    const at = clock.now()
    const id = createIdAfter('aud', at, head?.lastId ?? null)
    const facts = { ...event, id, at, sequence: (head?.lastSequence ?? 0) + 1, previousHash: head?.lastHash ?? null }
    const row: AuditEventRow = { ...facts, hash: hashOf(facts) }
    heads.set(row.organizationId, {
      organizationId: row.organizationId,
      lastSequence: row.sequence,
      lastHash: row.hash,
      lastId: row.id,
    })
    return row
  })
  await appendAuditEvents(tx, rows, [...heads.values()])
}
