import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { constraintError } from '../db/constraint-error.ts'
import { prepared } from '../db/prepared.ts'
import { organizations } from '../db/schema/organizations.ts'

export type OrganizationRow = typeof organizations.$inferSelect

/** @throws CONFLICT SLUG_TAKEN */
export async function insertOrganization(tx: Tx, row: OrganizationRow): Promise<void> {
  try {
    await tx.insert(organizations).values(row)
  } catch (error) {
    throw constraintError(error)
  }
}

const organizationBySlug = prepared((db) =>
  db
    .select()
    .from(organizations)
    .where(eq(organizations.slug, sql.placeholder('slug')))
    .prepare('organization_by_slug'),
)

export async function findOrganizationBySlug(db: Db | Tx, slug: string): Promise<OrganizationRow | null> {
  const [row] = await organizationBySlug(db).execute({ slug })
  return row ?? null
}

export async function findOrganization(db: Db | Tx, id: string): Promise<OrganizationRow | null> {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id))
  return row ?? null
}

/**
 * Locks the organization's row until the transaction ends. Whatever changes who its owners are takes this lock first,
 * so that two such changes never look at the owners at the same time. NO KEY UPDATE, because a plain UPDATE lock would
 * also hold up every insert that refers to the organization, and deadlock with a sign-in that writes its audit event.
 */
export async function lockOrganization(tx: Tx, id: string): Promise<void> {
  await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, id)).for('no key update')
}

export async function anyOrganizationExists(db: Db | Tx): Promise<boolean> {
  const rows = await db.select({ id: organizations.id }).from(organizations).limit(1)
  return rows.length > 0
}
