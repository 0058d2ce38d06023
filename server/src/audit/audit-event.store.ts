import { and, count, eq, gte, ilike, like, lt, or, type SQL } from 'drizzle-orm'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { escapeLike } from '../db/escape-like.ts'
import { keyset } from '../db/keyset.ts'
import { auditEvents } from '../db/schema/audit-events.ts'
import type { AuditEventFilter } from './audit-event-filter.ts'

export type AuditEventRow = typeof auditEvents.$inferSelect

export async function insertAuditEvent(tx: Tx, row: AuditEventRow): Promise<void> {
  await tx.insert(auditEvents).values(row)
}

const ofType = (type: string): SQL =>
  type.includes('.') ? eq(auditEvents.type, type) : like(auditEvents.type, `${escapeLike(type)}.%`)

function filtered(organizationId: string, { type, actorId, query, from, to }: AuditEventFilter): SQL | undefined {
  const pattern = query === null ? null : `%${escapeLike(query)}%`
  return and(
    eq(auditEvents.organizationId, organizationId),
    type === null ? undefined : ofType(type),
    actorId === null ? undefined : eq(auditEvents.actorId, actorId),
    pattern === null ? undefined : or(ilike(auditEvents.summary, pattern), ilike(auditEvents.actor, pattern)),
    from === null ? undefined : gte(auditEvents.at, from),
    to === null ? undefined : lt(auditEvents.at, to),
  )
}

/** One page of the organization's events that match, newest first; see keyset(). */
export function pageAuditEvents(
  db: Db | Tx,
  organizationId: string,
  filter: AuditEventFilter,
  page: Page,
): Promise<AuditEventRow[]> {
  const { where, orderBy, limit } = keyset(auditEvents.id, page)
  return db
    .select()
    .from(auditEvents)
    .where(and(filtered(organizationId, filter), where))
    .orderBy(orderBy)
    .limit(limit)
}

export async function countAuditEvents(db: Db | Tx, organizationId: string, filter: AuditEventFilter): Promise<number> {
  const [row] = await db.select({ count: count() }).from(auditEvents).where(filtered(organizationId, filter))
  return row?.count ?? 0
}

export async function findAuditEvent(db: Db | Tx, id: string): Promise<AuditEventRow | null> {
  const [row] = await db.select().from(auditEvents).where(eq(auditEvents.id, id))
  return row ?? null
}
