import { authorizeOwned } from '../access/authorize.ts'
import { findRoles, forgetRoles } from '../access/find-roles.ts'
import type { Grant } from '../access/grant.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type RoleRow, toRole } from '../access/role.store.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { conflict, FieldErrors } from '../core/errors.ts'
import { refuseSameName } from './create-role.ts'
import { lockRole } from './lock-role.ts'
import { parsePermissions, parseRoleName } from './parse-role.ts'
import { findRole, updateRole as storeRole } from './role.store.ts'

export type RoleUpdate = { name?: string | null; permissions?: string[] | null; expectedRevision?: number | null }

function parse(before: RoleRow, { role: own, roleExpiresAt }: Grant, input: RoleUpdate): RoleRow {
  const errors = new FieldErrors()
  const name = input.name == null ? before.name : parseRoleName(input.name, 'input.name', errors)
  const permissions = input.permissions == null ? before.permissions : parsePermissions(input.permissions, own, errors)
  const path = 'input.permissions'
  if (own.key === before.key && !permissions.includes('role:manage')) {
    const message =
      'You have this role yourself, and could not change it back without role:manage. Keep that in, or ask somebody else.'
    errors.add(path, 'OWN_ROLE', message)
  }
  if (roleExpiresAt !== null && permissions.some((permission) => !before.permissions.includes(permission))) {
    const message =
      'Your own role ends at a time, so you cannot add to a role that others may have for longer. Make a new role, or ask an organization owner.'
    errors.add(path, 'ROLE_OUTLASTS_ACTOR', message)
  }
  errors.throwIfAny()
  return { ...before, name, permissions, revision: before.revision + 1 }
}

/**
 * Renames a custom role or changes what it allows, for everybody who has it from their next request on. It allows no
 * more than the actor's own role does, before and after. What is as it was changes nothing.
 * @throws BAD_USER_INPUT on `input.name` and `input.permissions`, CONFLICT ROLE_EXISTS or STALE_REVISION, NOT_FOUND,
 * FORBIDDEN
 */
export async function updateRole(ctx: RequestContext, roleId: string, input: RoleUpdate): Promise<RoleDefinition> {
  const { row } = await authorizeOwned(ctx, 'role:manage', 'role', await findRole(ctx.db, roleId))
  const { organizationId } = row
  const saved = await ctx.db.transaction(async (tx) => {
    const { role: before, grant } = await lockRole(ctx, tx, row)
    if (input.expectedRevision != null && input.expectedRevision !== before.revision) {
      const message = 'Somebody else changed this role in the meantime. Look at what they changed, then save again.'
      throw conflict('STALE_REVISION', message)
    }
    const after = parse(before, grant, input)
    const added = after.permissions.filter((permission) => !before.permissions.includes(permission))
    const removed = before.permissions.filter((permission) => !after.permissions.includes(permission))
    const renamedFrom = after.name === before.name ? undefined : before.name
    if (renamedFrom === undefined && added.length + removed.length === 0) return before
    refuseSameName(await findRoles({ ...ctx, db: tx, memo: new Map() }, organizationId), after)
    await storeRole(tx, before, after)
    const details = {
      roleId,
      key: before.key,
      name: after.name,
      ...(renamedFrom === undefined ? {} : { renamedFrom }),
      added,
      removed,
    }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'role.updated', details })
    return after
  })
  forgetRoles(ctx, organizationId)
  return toRole(saved)
}
