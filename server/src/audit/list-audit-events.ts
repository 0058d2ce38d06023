import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import { type AuditEventRow, countAuditEvents, findAuditEvent, pageAuditEvents } from './audit-event.store.ts'

/** One page of the organization's audit log, newest first. */
export async function listAuditEvents(
  ctx: RequestContext,
  organizationId: string,
  args: PageArguments,
): Promise<Connection<AuditEventRow>> {
  await authorize(ctx, 'auditEvent:read', organizationId)
  const page = parsePage(args)
  const rows = await pageAuditEvents(ctx.db, organizationId, page)
  return toConnection(
    rows,
    page,
    (row) => row,
    () => countAuditEvents(ctx.db, organizationId),
  )
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getAuditEvent(ctx: RequestContext, id: string): Promise<AuditEventRow> {
  const { row } = await authorizeOwned(ctx, 'auditEvent:read', 'audit event', await findAuditEvent(ctx.db, id))
  return row
}
