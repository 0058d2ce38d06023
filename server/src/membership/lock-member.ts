import { authorizeWithin } from '../access/authorize.ts'
import type { Grant } from '../access/grant.ts'
import type { Permission } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { notFound } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { findMember, type Member } from './membership.store.ts'
import { countPermanentOwners } from './owner.store.ts'

/**
 * Everything a change of a member is decided by, read again under the organization's lock: the member, the actor's own
 * role and the number of permanent owners, so that two owners who demote each other do not both succeed.
 * @throws NOT_FOUND, FORBIDDEN when somebody was faster.
 */
export async function lockMember(
  ctx: RequestContext,
  tx: Tx,
  permission: Permission,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<{ member: Member; grant: Grant; permanentOwners: number }> {
  await lockOrganization(tx, organizationId)
  const grant = await authorizeWithin(ctx, tx, permission, organizationId)
  const member = await findMember(tx, id, ctx.clock.now())
  if (member === null) throw notFound('membership')
  return { member, grant, permanentOwners: await countPermanentOwners(tx, organizationId) }
}
