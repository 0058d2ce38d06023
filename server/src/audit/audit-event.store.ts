import { and, asc, count, eq, gt, gte, ilike, inArray, like, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { escapeLike } from '../db/escape-like.ts'
import { keyset } from '../db/keyset.ts'
import { auditChains } from '../db/schema/audit-chains.ts'
import { auditEvents } from '../db/schema/audit-events.ts'
import { organizations } from '../db/schema/organizations.ts'
import type { AuditEventFilter } from './audit-event-filter.ts'

export type AuditEventRow = typeof auditEvents.$inferSelect

export type AuditChainRow = typeof auditChains.$inferSelect

/**
 * The ends of the organizations' chains, locked until the transaction ends; in one order, so that two transactions that
 * write to the same organizations wait for one another in turn. There is none before an organization's first event,
 * which the transaction that makes the organization writes.
 */
export function lockAuditChains(tx: Tx, organizationIds: string[]): Promise<AuditChainRow[]> {
  return tx
    .select()
    .from(auditChains)
    .where(inArray(auditChains.organizationId, organizationIds))
    .orderBy(auditChains.organizationId)
    .for('update')
}

/** Adds events, and moves the ends of their chains, which the caller has locked, to `heads`: in one statement. */
export async function appendAuditEvents(tx: Tx, rows: AuditEventRow[], heads: AuditChainRow[]): Promise<void> {
  const moved = tx.$with('moved').as(
    tx
      .insert(auditChains)
      .values(heads)
      .onConflictDoUpdate({
        target: auditChains.organizationId,
        set: {
          lastSequence: sql`excluded.last_sequence`,
          lastHash: sql`excluded.last_hash`,
          lastId: sql`excluded.last_id`,
        },
      })
      .returning({ organizationId: auditChains.organizationId }),
  )
  await tx.with(moved).insert(auditEvents).values(rows)
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

/** The place of the organization's newest event; 0 when there is none. */
export async function findChainEnd(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ last: auditChains.lastSequence })
    .from(auditChains)
    .where(eq(auditChains.organizationId, organizationId))
  return row?.last ?? 0
}

/** How many events are read at once where all of them are. */
const batch = 500

/**
 * The organization's events that match, oldest first, up to the place `last` of its chain; in arrays, so that no more
 * than one of them is in memory.
 */
export async function* readAuditEvents(
  db: Db | Tx,
  organizationId: string,
  filter: AuditEventFilter,
  last: number,
): AsyncGenerator<AuditEventRow[], void> {
  // Also below the first place, where nothing should be.
  for (let read = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await db
      .select()
      .from(auditEvents)
      .where(and(filtered(organizationId, filter), gt(auditEvents.sequence, read), lte(auditEvents.sequence, last)))
      .orderBy(asc(auditEvents.sequence))
      .limit(batch)
    if (rows.length > 0) yield rows
    if (rows.length < batch) return
    read = rows.at(-1)?.sequence ?? read
  }
}

/** An organization, and where its chain ends: null when its row is gone, or nothing was ever recorded. */
export type AuditLogRow = { organizationId: string; slug: string } & {
  [Key in 'lastSequence' | 'lastHash' | 'lastId']: AuditChainRow[Key] | null
}

/** Every organization, by slug. */
export function findAuditLogs(db: Db | Tx): Promise<AuditLogRow[]> {
  const { lastSequence, lastHash, lastId } = auditChains
  return db
    .select({ organizationId: organizations.id, slug: organizations.slug, lastSequence, lastHash, lastId })
    .from(organizations)
    .leftJoin(auditChains, eq(auditChains.organizationId, organizations.id))
    .orderBy(asc(organizations.slug))
}
