import { and, asc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { memberships } from '../db/schema/memberships.ts'
import { roles } from '../db/schema/roles.ts'
import { findBuiltInRole, isPermission, type RoleDefinition } from './permission.ts'

export type RoleRow = typeof roles.$inferSelect

/** What of a custom role is shown and decided by. */
export type CustomRole = Pick<RoleRow, 'id' | 'key' | 'name' | 'permissions' | 'revision'>

/** The custom role of a row that is joined with it, as one value: for lists, where most rows have none. */
export const customRoleAsOne = sql<CustomRole | null>`case when ${roles.id} is not null then json_build_object(
  'id', ${roles.id}, 'key', ${roles.key}, 'name', ${roles.name}, 'permissions', ${roles.permissions}, 'revision', ${roles.revision}) end`.mapWith(
  (value: unknown): CustomRole => (typeof value === 'string' ? JSON.parse(value) : value) as CustomRole,
)

/** A custom role as everything but its own table knows it. Permissions that this version does not know allow nothing. */
export const toRole = ({ key, id, name, permissions, revision }: CustomRole): RoleDefinition => ({
  key,
  id,
  name,
  builtIn: false,
  permissions: permissions.filter(isPermission),
  revision,
})

/** The role of a row that was joined with its custom role, which the database sees to. */
export function roleOfRow(key: string, custom: CustomRole | null): RoleDefinition {
  const role = custom === null ? findBuiltInRole(key) : toRole(custom)
  if (role === null) throw new Error(`there is no role ${key}`)
  return role
}

/** The members of the organization whose role is this one now: past its end a role is member again. */
export function holdsRole(key: string, now: Date): SQL | undefined {
  const ended = lte(memberships.roleExpiresAt, now)
  const held = eq(memberships.role, key)
  return key === 'member' ? or(held, ended) : and(held, notEnded(now))
}

const notEnded = (now: Date): SQL | undefined =>
  or(isNull(memberships.roleExpiresAt), gt(memberships.roleExpiresAt, now))

/** The key of the role that a membership has now. */
export const roleKeyAt = (now: Date): SQL<string> =>
  sql<string>`(case when ${lte(memberships.roleExpiresAt, now)} then 'member' else ${memberships.role} end)`

/** The owners who are not suspended. */
export const isActiveOwner = (now: Date): SQL | undefined =>
  and(holdsRole('owner', now), isNull(memberships.suspendedAt))

/** The organization's custom roles, by name. */
export function listCustomRoles(db: Db | Tx, organizationId: string): Promise<RoleRow[]> {
  return db.select().from(roles).where(eq(roles.organizationId, organizationId)).orderBy(asc(roles.name), asc(roles.id))
}

const customRole = (db: Db | Tx, organizationId: string, key: string) =>
  db
    .select()
    .from(roles)
    .where(and(eq(roles.organizationId, organizationId), eq(roles.key, key)))

/** The custom role, which may be gone a moment later; null when there is none. */
export async function findCustomRole(db: Db | Tx, organizationId: string, key: string): Promise<RoleRow | null> {
  const [row] = await customRole(db, organizationId, key)
  return row ?? null
}

/**
 * The custom role, held as it is until the transaction ends: whoever gives it and whoever deletes it take turns. Null
 * when it is gone.
 */
export async function holdCustomRole(tx: Tx, organizationId: string, key: string): Promise<RoleRow | null> {
  const [row] = await customRole(tx, organizationId, key).for('share')
  return row ?? null
}
