import { and, count, eq, sql } from 'drizzle-orm'
import { type RoleRow, roleKeyAt } from '../access/role.store.ts'
import type { Db, Tx } from '../db/client.ts'
import { constraintError } from '../db/constraint-error.ts'
import { accessTokens } from '../db/schema/access-tokens.ts'
import { invitations } from '../db/schema/invitations.ts'
import { memberships } from '../db/schema/memberships.ts'
import { roleMappings } from '../db/schema/role-mappings.ts'
import { roles } from '../db/schema/roles.ts'
import { users } from '../db/schema/users.ts'

/** @throws CONFLICT ROLE_EXISTS */
export async function insertRole(tx: Tx, row: RoleRow): Promise<void> {
  try {
    await tx.insert(roles).values(row)
  } catch (error) {
    throw constraintError(error)
  }
}

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findRole(db: Db | Tx, id: string): Promise<RoleRow | null> {
  const [row] = await db.select().from(roles).where(eq(roles.id, id))
  return row ?? null
}

/** The role, locked until the transaction ends: nobody is given it meanwhile. */
export async function lockRole(tx: Tx, organizationId: string, id: string): Promise<RoleRow | null> {
  const [row] = await tx
    .select()
    .from(roles)
    .where(and(eq(roles.organizationId, organizationId), eq(roles.id, id)))
    .for('update')
  return row ?? null
}

export async function updateRole(
  tx: Tx,
  { organizationId, id }: RoleRow,
  change: Pick<RoleRow, 'name' | 'permissions' | 'revision'>,
): Promise<void> {
  await tx
    .update(roles)
    .set(change)
    .where(and(eq(roles.organizationId, organizationId), eq(roles.id, id)))
}

export async function deleteRole(tx: Tx, { organizationId, id }: RoleRow): Promise<void> {
  await tx.delete(roles).where(and(eq(roles.organizationId, organizationId), eq(roles.id, id)))
}

/** How many members have each role now, and how many access tokens. */
export async function countHolders(
  db: Db | Tx,
  organizationId: string,
  now: Date,
): Promise<{ members: Map<string, number>; accessTokens: Map<string, number> }> {
  const key = roleKeyAt(now).as('role_key')
  const members = await db
    .select({ key, count: count() })
    .from(memberships)
    .where(eq(memberships.organizationId, organizationId))
    .groupBy(sql`role_key`)
  const tokens = await db
    .select({ key: accessTokens.role, count: count() })
    .from(accessTokens)
    .where(eq(accessTokens.organizationId, organizationId))
    .groupBy(accessTokens.role)
  const toMap = (rows: { key: string; count: number }[]) => new Map(rows.map((row) => [row.key, row.count]))
  return { members: toMap(members), accessTokens: toMap(tokens) }
}

/** The members who have the role, with their addresses. */
export function listHolders(tx: Tx, { organizationId, key }: RoleRow): Promise<{ id: string; email: string }[]> {
  return tx
    .select({ id: memberships.id, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.role, key)))
    .orderBy(memberships.id)
}

export async function countInvitationsToRole(tx: Tx, { organizationId, key }: RoleRow): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.role, key)))
  return row?.count ?? 0
}

/** How many rules of connections give the role to whoever signs in. */
export async function countMappingsToRole(tx: Tx, { organizationId, key }: RoleRow): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(roleMappings)
    .where(and(eq(roleMappings.organizationId, organizationId), eq(roleMappings.role, key)))
  return row?.count ?? 0
}

export async function countTokensOfRole(tx: Tx, { organizationId, key }: RoleRow): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(accessTokens)
    .where(and(eq(accessTokens.organizationId, organizationId), eq(accessTokens.role, key)))
  return row?.count ?? 0
}

/**
 * Gives whatever names the role by its key another one: members, who keep the end of their role unless it is member,
 * access tokens, invitations, and rules of connections. Whatever else comes to name roles is reassigned here too.
 */
export async function reassignHolders(tx: Tx, { organizationId, key }: RoleRow, to: string): Promise<void> {
  const end = to === 'member' ? { roleExpiresAt: null } : {}
  await tx
    .update(memberships)
    .set({ role: to, roleSource: 'MANUAL', ...end })
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.role, key)))
  await tx
    .update(accessTokens)
    .set({ role: to })
    .where(and(eq(accessTokens.organizationId, organizationId), eq(accessTokens.role, key)))
  await tx
    .update(invitations)
    .set({ role: to })
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.role, key)))
  await tx
    .update(roleMappings)
    .set({ role: to })
    .where(and(eq(roleMappings.organizationId, organizationId), eq(roleMappings.role, key)))
}
