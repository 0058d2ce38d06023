import { authorize, authorizeWithin } from '../access/authorize.ts'
import { findRoles, forgetRoles } from '../access/find-roles.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type RoleRow, toRole } from '../access/role.store.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { conflict, FieldErrors } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { parsePermissions, parseRoleKey, parseRoleName } from './parse-role.ts'
import { insertRole } from './role.store.ts'

export type NewRole = { name: string; key?: string | null; permissions: string[] }

const atMost = 50

/** @throws CONFLICT ROLE_EXISTS when another role is called so, whatever the letter case */
export function refuseSameName(roles: readonly RoleDefinition[], { id, name }: { id: string; name: string }): void {
  if (!roles.some((role) => role.id !== id && role.name.toLowerCase() === name.toLowerCase())) return
  throw conflict('ROLE_EXISTS', `The organization has a role ${name} already. Choose a different name.`)
}

/**
 * Makes a custom role, which nobody has yet. It allows no more than the actor's own role does.
 * @throws BAD_USER_INPUT on `input.name`, `input.key` and `input.permissions`, CONFLICT ROLE_EXISTS or TOO_MANY_ROLES,
 * NOT_FOUND, FORBIDDEN
 */
export async function createRole(ctx: RequestContext, organizationId: string, input: NewRole): Promise<RoleDefinition> {
  await authorize(ctx, 'role:manage', organizationId)
  const row = await ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const grant = await authorizeWithin(ctx, tx, 'role:manage', organizationId)
    const errors = new FieldErrors()
    const name = parseRoleName(input.name, 'input.name', errors)
    const key = parseRoleKey(input.key ?? null, name, errors)
    const permissions = parsePermissions(input.permissions, grant.role, errors)
    errors.throwIfAny()
    const createdAt = ctx.clock.now()
    const role: RoleRow = {
      id: createId('rol', createdAt),
      organizationId,
      key,
      name,
      permissions,
      revision: 1,
      createdAt,
    }
    const roles = await findRoles({ ...ctx, db: tx, memo: new Map() }, organizationId)
    refuseSameName(roles, role)
    if (roles.filter(({ builtIn }) => !builtIn).length >= atMost) {
      throw conflict('TOO_MANY_ROLES', `The organization has ${atMost} roles of its own already. Delete one first.`)
    }
    await insertRole(tx, role)
    const details = { roleId: role.id, key, name, permissions }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'role.created', details })
    return role
  })
  forgetRoles(ctx, organizationId)
  return toRole(row)
}
