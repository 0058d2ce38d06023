import { authorizeOwned } from '../access/authorize.ts'
import { forgetRoles, parseGrantableRole } from '../access/find-roles.ts'
import type { Grant } from '../access/grant.ts'
import { covers, type RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type RoleRow, toRole } from '../access/role.store.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { conflict, FieldErrors, forbidden } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { endExpiredRole } from '../membership/end-expired-roles.ts'
import { lockRole } from './lock-role.ts'
import {
  countInvitationsToRole,
  countMappingsToRole,
  countTokensOfRole,
  deleteRole as deleteRow,
  findRole,
  listHolders,
  reassignHolders,
} from './role.store.ts'

async function parseReplacement(
  ctx: RequestContext,
  tx: Tx,
  { organizationId, key: deleted, ...row }: RoleRow,
  { role: own, roleExpiresAt }: Grant,
  key: string,
): Promise<RoleDefinition> {
  const path = 'input.reassignTo'
  const errors = new FieldErrors()
  const replacement = await parseGrantableRole(ctx, tx, { organizationId, key, path, own }, errors)
  if (key === deleted) errors.add(path, 'NOT_ALLOWED', 'Choose another role than the one to be deleted.')
  if (key === 'owner') errors.add(path, 'NOT_ALLOWED', 'Owners are made one by one: choose another role.')
  const deletedRole = toRole({ key: deleted, ...row })
  if (roleExpiresAt !== null && replacement !== null && !covers(deletedRole, replacement)) {
    const message = 'Your own role ends at a time, so choose a role that allows no more than the deleted one.'
    errors.add(path, 'ROLE_OUTLASTS_ACTOR', message)
  }
  errors.throwIfAny()
  if (replacement === null) throw new Error('a role that is not there passed')
  return replacement
}

/**
 * Deletes a custom role. Whatever has it, members, access tokens, invitations and rules of connections, gets the role `reassignTo` in the same transaction,
 * each member with an audit event.
 * @param reassignTo a role key; null while nobody has the role. @returns the role's id
 * @throws BAD_USER_INPUT on `input.reassignTo`, CONFLICT ROLE_IN_USE, NOT_FOUND, FORBIDDEN
 */
export async function deleteRole(ctx: RequestContext, roleId: string, reassignTo: string | null): Promise<string> {
  const { row } = await authorizeOwned(ctx, 'role:manage', 'role', await findRole(ctx.db, roleId))
  const { organizationId } = row
  await ctx.db.transaction(async (tx) => {
    const { role, grant } = await lockRole(ctx, tx, row)
    if (grant.role.key === role.key) {
      throw forbidden('role:manage', 'You have this role yourself. Ask somebody else to delete it.')
    }
    const replacement = reassignTo === null ? null : await parseReplacement(ctx, tx, role, grant, reassignTo)
    await endExpiredRole(ctx, tx, organizationId, role.key)
    const holders = await listHolders(tx, role)
    const accessTokens = await countTokensOfRole(tx, role)
    const invitations = await countInvitationsToRole(tx, role)
    const mappings = await countMappingsToRole(tx, role)
    const inUse = holders.length + accessTokens + invitations + mappings > 0
    if (inUse) {
      if (replacement === null) {
        throw conflict(
          'ROLE_IN_USE',
          'Members, access tokens, invitations or rules of single sign-on have this role. Say which role they get instead.',
        )
      }
      await reassignHolders(tx, role, replacement.key)
      for (const { id: membershipId, email } of holders) {
        const details = { membershipId, email, from: role.key, to: replacement.key }
        await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.roleChanged', details })
      }
    }
    await deleteRow(tx, role)
    const reassignedTo = inUse ? (replacement?.key ?? null) : null
    const details = { roleId, key: role.key, name: role.name, reassignedTo, members: holders.length, accessTokens }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'role.deleted', details })
  })
  forgetRoles(ctx, organizationId)
  return roleId
}
