import type { Db, Tx } from '../db/client.ts'
import { hashOf } from './audit-chain.ts'
import { type AuditEventRow, type AuditLogRow, findAuditLogs, readAuditEvents } from './audit-event.store.ts'
import { nothingFiltered } from './audit-event-filter.ts'

/** What became of an organization's audit log. */
export type AuditLogReport = {
  organizationId: string
  slug: string
  /** How many events were found to be as they were recorded. */
  events: number
  /** The hash of the last of them; null when there is none. */
  headHash: string | null
  /** The first event that is not as it was recorded, in words; null when all are. */
  broken: string | null
}

type Head = { sequence: number; id: string | null; hash: string | null }

const beginning: Head = { sequence: 0, id: null, hash: null }

function problemOf(event: AuditEventRow, before: Head): string | null {
  const { sequence, previousHash, hash, ...facts } = event
  const named = `Event ${sequence} (${event.id})`
  if (sequence !== before.sequence + 1) {
    return `Event ${before.sequence + 1} is missing: after ${before.sequence} comes ${sequence} (${event.id}).`
  }
  if (hashOf({ ...facts, sequence, previousHash }) !== hash) {
    return `${named} was changed: its facts do not lead to its hash.`
  }
  if (previousHash !== before.hash) {
    return `${named} does not follow the one before it${before.id === null ? '' : ` (${before.id})`}: one of the two was changed, put in or exchanged.`
  }
  return null
}

/** The end as the chain's own row has it, against what was found. */
function problemAtEnd(log: AuditLogRow, found: Head): string | null {
  const [sequence, id, hash] = [log.lastSequence ?? 0, log.lastId, log.lastHash]
  if (sequence > found.sequence) {
    const missing =
      sequence === found.sequence + 1 ? `Event ${sequence} is` : `Events ${found.sequence + 1} to ${sequence} are`
    return `${missing} missing at the end.`
  }
  if (sequence < found.sequence) return `Event ${sequence + 1} was put in at the end: the chain ends with ${sequence}.`
  if (id !== found.id || hash !== found.hash)
    return `Event ${sequence} (${found.id}) is not the one that the chain ends with.`
  return null
}

async function verifyOne(tx: Tx, log: AuditLogRow, expected: string[]): Promise<AuditLogReport> {
  const { organizationId, slug } = log
  const wanted = new Set(expected)
  let head = beginning
  const report = (broken: string | null) => ({
    organizationId,
    slug,
    events: head.sequence,
    headHash: head.hash,
    broken,
  })
  for await (const page of readAuditEvents(tx, organizationId, nothingFiltered, Number.MAX_SAFE_INTEGER)) {
    for (const event of page) {
      const problem = problemOf(event, head)
      if (problem !== null) return report(problem)
      head = event
      wanted.delete(event.hash)
    }
  }
  const [unknown] = wanted
  if (unknown !== undefined)
    return report(`No event has the hash ${unknown}, which was expected: the log is another one.`)
  return report(problemAtEnd(log, head))
}

/**
 * Goes through the audit log of every organization, as it is at one moment, while others may go on writing.
 * @param expected hashes that were noted before, by slug or id of the organization: each must still be in its log.
 * @param report takes what became of each, in the order of their slugs.
 * @throws an Error when an organization that is expected does not exist.
 */
export async function verifyAuditLogs(
  db: Db,
  expected: Map<string, string[]>,
  report: (one: AuditLogReport) => void,
): Promise<void> {
  await db.transaction(
    async (tx) => {
      const logs = await findAuditLogs(tx)
      const names = new Set(logs.flatMap(({ slug, organizationId }) => [slug, organizationId]))
      const [unknown] = [...expected.keys()].filter((name) => !names.has(name))
      if (unknown !== undefined) throw new Error(`There is no organization ${unknown}, whose hash was expected.`)
      for (const log of logs) {
        const hashes = [...(expected.get(log.slug) ?? []), ...(expected.get(log.organizationId) ?? [])]
        report(await verifyOne(tx, log, hashes))
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
