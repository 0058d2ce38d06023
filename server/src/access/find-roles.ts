import type { FieldErrors } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { builtInRoles, covers, findBuiltInRole, type RoleDefinition } from './permission.ts'
import { once, type RequestContext } from './request-context.ts'
import { holdCustomRole, listCustomRoles, toRole } from './role.store.ts'

const rolesKey = (organizationId: string): string => `roles ${organizationId}`

/** The organization's roles: the built-in ones, highest first, then the custom ones by name. Read once a request. */
export function findRoles(ctx: RequestContext, organizationId: string): Promise<readonly RoleDefinition[]> {
  return once(ctx, rolesKey(organizationId), async () => [
    ...builtInRoles,
    ...(await listCustomRoles(ctx.db, organizationId)).map(toRole),
  ])
}

/** After a change of roles: the rest of this request reads them, and what the actor may do, again. */
export function forgetRoles(ctx: RequestContext, organizationId: string): void {
  ctx.memo.delete(rolesKey(organizationId))
  ctx.grants.delete(organizationId)
}

/** The organization's role of this key, or null. A custom one stays as it is until the transaction ends. */
export async function resolveRole(tx: Tx, organizationId: string, key: string): Promise<RoleDefinition | null> {
  const builtIn = findBuiltInRole(key)
  if (builtIn !== null) return builtIn
  const row = await holdCustomRole(tx, organizationId, key)
  return row && toRole(row)
}

/** Notes that there is no such role, with those there are. */
export function refuseUnknownRole(known: readonly RoleDefinition[], path: string, errors: FieldErrors): void {
  errors.add(path, 'UNKNOWN_ROLE', `Choose one of the roles ${known.map((role) => role.key).join(', ')}.`)
}

/**
 * The role of this key, if the actor may give it: nobody gives more than they hold. Everything that gives a role asks
 * here or, for a member, membership/role-rules.ts. Call it inside the transaction that writes the key down.
 * @param own the actor's role, read in the same transaction. @returns null when `errors` has the reason
 */
export async function parseGrantableRole(
  ctx: RequestContext,
  tx: Tx,
  { organizationId, key, path, own }: { organizationId: string; key: string; path: string; own: RoleDefinition },
  errors: FieldErrors,
): Promise<RoleDefinition | null> {
  const role = await resolveRole(tx, organizationId, key)
  if (role === null) {
    refuseUnknownRole(await findRoles({ ...ctx, db: tx }, organizationId), path, errors)
    return null
  }
  if (covers(own, role)) return role
  errors.add(path, 'ROLE_ABOVE_ACTOR', 'Choose a role that allows no more than your own.')
  return null
}
