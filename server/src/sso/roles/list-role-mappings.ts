import { findRoles } from '../../access/find-roles.ts'
import { loadTogether } from '../../access/load-together.ts'
import type { RoleDefinition } from '../../access/permission.ts'
import type { RequestContext } from '../../access/request-context.ts'
import type { RoleRule } from './match-role.ts'
import { readRoleRules } from './role-mapping.store.ts'

export type RoleMappingView = Omit<RoleRule, 'role'> & { role: RoleDefinition }

/** The rules of a connection that the actor may see already, in their order. */
export async function listRoleMappings(
  ctx: RequestContext,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<RoleMappingView[]> {
  const rules = (await loadTogether(ctx, 'role rules', id, (ids) => readRoleRules(ctx.db, ids))) ?? []
  if (rules.length === 0) return []
  const roles = await findRoles(ctx, organizationId)
  // One that was deleted between the two statements is another one by now; whoever asks again sees it.
  return rules.flatMap(({ role: key, ...rule }) => {
    const role = roles.find((each) => each.key === key)
    return role === undefined ? [] : [{ ...rule, role }]
  })
}
