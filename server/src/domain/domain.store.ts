import { and, asc, count, eq, isNotNull, lte } from 'drizzle-orm'
import { idPrefix } from '../core/ids.ts'
import type { Db, Tx } from '../db/client.ts'
import { domains } from '../db/schema/domains.ts'

export type DomainRow = typeof domains.$inferSelect

/** Who has proved that the domain is theirs, or null. */
export async function findVerifiedDomain(db: Db | Tx, name: string): Promise<DomainRow | null> {
  const [row] = await db
    .select()
    .from(domains)
    .where(and(eq(domains.name, name), isNotNull(domains.verifiedAt)))
  return row ?? null
}

/** By name. */
export function listDomains(db: Db | Tx, organizationId: string): Promise<DomainRow[]> {
  return db.select().from(domains).where(eq(domains.organizationId, organizationId)).orderBy(asc(domains.name))
}

export async function countDomains(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(domains).where(eq(domains.organizationId, organizationId))
  return row?.count ?? 0
}

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findDomain(db: Db | Tx, id: string): Promise<DomainRow | null> {
  if (idPrefix(id) !== 'dom') return null
  const [row] = await db.select().from(domains).where(eq(domains.id, id))
  return row ?? null
}

/** The same, locked until the transaction ends. */
export async function lockDomain(tx: Tx, id: string): Promise<DomainRow | null> {
  const [row] = await tx.select().from(domains).where(eq(domains.id, id)).for('update')
  return row ?? null
}

/** @returns false when the organization has it in its list already. */
export async function insertDomain(tx: Tx, row: DomainRow): Promise<boolean> {
  const rows = await tx
    .insert(domains)
    .values(row)
    .onConflictDoNothing({ target: [domains.organizationId, domains.name] })
    .returning({ id: domains.id })
  return rows.length > 0
}

export async function updateDomain(tx: Tx, { id, ...row }: DomainRow): Promise<void> {
  await tx.update(domains).set(row).where(eq(domains.id, id))
}

export async function deleteDomain(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(domains).where(and(eq(domains.id, id), eq(domains.organizationId, organizationId)))
}

/**
 * Takes one that is due, by putting it off until `leaseEnd`: no other replica takes it meanwhile, and should this one
 * die, somebody does afterwards. @returns its id; null when nothing is due.
 */
export async function claimDueDomain(db: Db, now: Date, leaseEnd: Date): Promise<string | null> {
  const due = db
    .select({ id: domains.id })
    .from(domains)
    .where(lte(domains.dueAt, now))
    .orderBy(asc(domains.dueAt))
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db
    .update(domains)
    .set({ dueAt: leaseEnd })
    .where(eq(domains.id, due))
    .returning({ id: domains.id })
  return row?.id ?? null
}
