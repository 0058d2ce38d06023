import { authorizeWithin } from '../access/authorize.ts'
import type { Grant } from '../access/grant.ts'
import { covers } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type RoleRow, toRole } from '../access/role.store.ts'
import { forbidden, notFound } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { lockRole as lockRow } from './role.store.ts'

/**
 * The role and the actor's own, read again under the locks of the organization and the role: until the transaction ends
 * nobody gives the role or changes it. Nobody changes a role that allows more than their own.
 * @throws NOT_FOUND, FORBIDDEN
 */
export async function lockRole(
  ctx: RequestContext,
  tx: Tx,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<{ role: RoleRow; grant: Grant }> {
  await lockOrganization(tx, organizationId)
  const grant = await authorizeWithin(ctx, tx, 'role:manage', organizationId)
  const role = await lockRow(tx, organizationId, id)
  if (role === null) throw notFound('role')
  if (!covers(grant.role, toRole(role))) {
    throw forbidden('role:manage', 'This role allows more than your own. Ask an organization owner.')
  }
  return { role, grant }
}
