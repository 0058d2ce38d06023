import { authorize, authorizeOwned, requireActor } from '../access/authorize.ts'
import { findRoles } from '../access/find-roles.ts'
import type { Grant } from '../access/grant.ts'
import { builtInRoles, covers, type Permission, permissions, type RoleDefinition } from '../access/permission.ts'
import { type PermissionWords, permissionWords } from '../access/permission-words.ts'
import type { RequestContext } from '../access/request-context.ts'
import { toRole } from '../access/role.store.ts'
import { countHolders, findRole } from './role.store.ts'

/** The organization's roles: the built-in ones, highest first, then the custom ones by name. @throws NOT_FOUND */
export async function listRoles(ctx: RequestContext, organizationId: string): Promise<readonly RoleDefinition[]> {
  await authorize(ctx, 'organization:read', organizationId)
  return findRoles(ctx, organizationId)
}

/** A role by its id: a built-in one for everybody, a custom one of an organization that the actor is in. @throws NOT_FOUND */
export async function getRole(ctx: RequestContext, id: string): Promise<RoleDefinition> {
  requireActor(ctx)
  const builtIn = builtInRoles.find((role) => role.id === id)
  if (builtIn !== undefined) return builtIn
  const { row } = await authorizeOwned(ctx, 'organization:read', 'role', await findRole(ctx.db, id))
  return toRole(row)
}

export type PermissionView = Omit<PermissionWords, 'requires'> & {
  key: Permission
  requires: Permission | null
  viewerCanGrant: boolean
}

/** Every permission there is, and whether the actor may put it into a role. @throws NOT_FOUND */
export async function listPermissions(ctx: RequestContext, organizationId: string): Promise<PermissionView[]> {
  const { role } = await authorize(ctx, 'organization:read', organizationId)
  const manages = role.permissions.includes('role:manage')
  const offered = Object.keys(permissionWords).filter((key): key is Permission =>
    permissions.some((permission) => permission === key),
  )
  return offered.map((key) => ({
    key,
    ...permissionWords[key],
    viewerCanGrant: manages && role.permissions.includes(key),
  }))
}

export type RoleOverview = {
  role: RoleDefinition
  memberCount: number
  accessTokenCount: number | null
  viewerCanChange: boolean
  viewerCanDelete: boolean
  replacements: RoleDefinition[]
}

const mayChange = (grant: Grant, role: RoleDefinition): boolean =>
  !role.builtIn && grant.role.permissions.includes('role:manage') && covers(grant.role, role)

/**
 * Each role with who has it and what the actor may do with it now; the number of access tokens for those who may see
 * tokens. @throws NOT_FOUND, FORBIDDEN
 */
export async function listRoleOverview(ctx: RequestContext, organizationId: string): Promise<RoleOverview[]> {
  const grant = await authorize(ctx, 'member:read', organizationId)
  const seesTokens = grant.role.permissions.includes('accessToken:read')
  const roles = await findRoles(ctx, organizationId)
  const { members, accessTokens } = await countHolders(ctx.db, organizationId, ctx.clock.now())
  return roles.map((role) => {
    const viewerCanDelete = mayChange(grant, role) && role.key !== grant.role.key
    const fits = (other: RoleDefinition) =>
      other.key !== role.key &&
      other.key !== 'owner' &&
      covers(grant.role, other) &&
      (grant.roleExpiresAt === null || covers(role, other))
    return {
      role,
      memberCount: members.get(role.key) ?? 0,
      accessTokenCount: seesTokens ? (accessTokens.get(role.key) ?? 0) : null,
      viewerCanChange: mayChange(grant, role),
      viewerCanDelete,
      replacements: viewerCanDelete ? roles.filter(fits) : [],
    }
  })
}
