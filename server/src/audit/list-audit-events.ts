import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import { type AuditEventRow, countAuditEvents, findAuditEvent, pageAuditEvents } from './audit-event.store.ts'
import { type AuditEventSearch, parseAuditEventFilter } from './audit-event-filter.ts'

/**
 * The organization's events that match, newest first; all of them when nothing is looked for. The total follows.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN
 */
export async function listAuditEvents(
  ctx: RequestContext,
  organizationId: string,
  search: PageArguments & AuditEventSearch,
): Promise<Connection<AuditEventRow>> {
  await authorize(ctx, 'auditEvent:read', organizationId)
  const page = parsePage(search, 'aud')
  const filter = parseAuditEventFilter(search)
  const rows = await pageAuditEvents(ctx.db, organizationId, filter, page)
  return toConnection(
    rows,
    page,
    (row) => row,
    () => countAuditEvents(ctx.db, organizationId, filter),
  )
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getAuditEvent(ctx: RequestContext, id: string): Promise<AuditEventRow> {
  const { row } = await authorizeOwned(ctx, 'auditEvent:read', 'audit event', await findAuditEvent(ctx.db, id))
  return row
}
