import { sha256 } from '../core/secrets.ts'
import type { AuditEventRow } from './audit-event.store.ts'

/** All that is stored of an event but its hash: what the hash is over. */
export type HashedFacts = Omit<AuditEventRow, 'hash'>

/**
 * JSON in which the same value is always the same text: members in the order of their names, nothing between signs
 * (RFC 8785, for the values that audit events hold). A date is its text in UTC, to the millisecond.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object' || value instanceof Date) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}

/** The hash of an event: SHA-256 in lower-case hex over its facts in canonicalJson, the hash of the one before among them. */
export function hashOf(facts: HashedFacts): string {
  const { id, organizationId, at, type, actor, actorId, summary, details, requestId, ipAddress } = facts
  const { sequence, previousHash } = facts
  const place = { sequence, previousHash }
  return sha256(
    canonicalJson({ id, organizationId, at, type, actor, actorId, summary, details, requestId, ipAddress, ...place }),
  )
}
