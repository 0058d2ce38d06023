import { and, count, eq } from 'drizzle-orm'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { keyset } from '../db/keyset.ts'
import { auditEvents } from '../db/schema/audit-events.ts'

export type AuditEventRow = typeof auditEvents.$inferSelect

export async function insertAuditEvent(tx: Tx, row: AuditEventRow): Promise<void> {
  await tx.insert(auditEvents).values(row)
}

/** One page of an organization's events, newest first; see keyset(). */
export function pageAuditEvents(db: Db | Tx, organizationId: string, page: Page): Promise<AuditEventRow[]> {
  const { where, orderBy, limit } = keyset(auditEvents.id, page)
  return db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.organizationId, organizationId), where))
    .orderBy(orderBy)
    .limit(limit)
}

export async function countAuditEvents(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(auditEvents)
    .where(eq(auditEvents.organizationId, organizationId))
  return row?.count ?? 0
}

export async function findAuditEvent(db: Db | Tx, id: string): Promise<AuditEventRow | null> {
  const [row] = await db.select().from(auditEvents).where(eq(auditEvents.id, id))
  return row ?? null
}
