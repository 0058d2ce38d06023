import { stringify } from 'csv-stringify/sync'
import { authorize } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type AuditEventRow, findChainEnd, readAuditEvents } from './audit-event.store.ts'
import { type AuditEventSearch, parseAuditEventFilter } from './audit-event-filter.ts'
import { recordAuditEvent } from './record-audit-event.ts'

export type ExportFormat = 'csv' | 'jsonl'

const columns = [
  'sequence',
  'at',
  'type',
  'actor',
  'actorId',
  'summary',
  'details',
  'requestId',
  'ipAddress',
  'id',
  'previousHash',
  'hash',
] as const

/** All that is stored of an event, in the order of the columns. */
function factsOf(row: AuditEventRow): Record<(typeof columns)[number], unknown> {
  const { sequence, type, actor, actorId, summary, details, requestId, ipAddress, id, previousHash, hash } = row
  const at = row.at.toISOString()
  return { sequence, at, type, actor, actorId, summary, details, requestId, ipAddress, id, previousHash, hash }
}

/**
 * RFC 4180. A field that a spreadsheet would take for a formula gets an apostrophe before it, because anybody who tries to
 * sign in writes into this log.
 */
const toCsv = (rows: AuditEventRow[]): string =>
  stringify(
    rows.map((row) => {
      const facts = factsOf(row)
      return columns.map((column) => (column === 'details' ? JSON.stringify(facts.details) : facts[column]))
    }),
    { record_delimiter: 'windows', escape_formulas: true },
  )

const toJsonLines = (rows: AuditEventRow[]): string => rows.map((row) => `${JSON.stringify(factsOf(row))}\n`).join('')

async function* write(
  ctx: RequestContext,
  organizationId: string,
  format: ExportFormat,
  filter: ReturnType<typeof parseAuditEventFilter>,
): AsyncGenerator<string, void> {
  if (format === 'csv') yield stringify([columns], { record_delimiter: 'windows' })
  const last = await findChainEnd(ctx.db, organizationId)
  for await (const rows of readAuditEvents(ctx.db, organizationId, filter, last)) {
    yield format === 'csv' ? toCsv(rows) : toJsonLines(rows)
  }
}

/**
 * The organization's events that match, oldest first, as text in pieces, so that a log of any length is never in memory
 * as a whole. That it was exported is an event itself, and the last one of an export of everything.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, RATE_LIMITED
 */
export async function exportAuditLog(
  ctx: RequestContext,
  organizationId: string,
  format: ExportFormat,
  search: AuditEventSearch,
): Promise<AsyncGenerator<string, void>> {
  await authorize(ctx, 'auditEvent:read', organizationId)
  const filter = parseAuditEventFilter(search)
  const { actor } = ctx
  await ctx.limits.consume('auditExportByActor', actor.kind === 'user' ? actor.userId : organizationId)
  await ctx.db.transaction((tx) =>
    recordAuditEvent(ctx, tx, organizationId, { type: 'auditLog.exported', details: { format } }),
  )
  return write(ctx, organizationId, format, filter)
}
