import { findGrant } from '../access/authorize.ts'
import { findRoles } from '../access/find-roles.ts'
import type { RoleDefinition } from '../access/permission.ts'
import { once, type RequestContext } from '../access/request-context.ts'
import { roleOfRow } from '../access/role.store.ts'
import { type Member } from './membership.store.ts'
import { countPermanentOwners } from './owner.store.ts'
import { type Managed, type MembershipRights, rightsOver } from './role-rules.ts'

/** A membership as the API shows it. */
export type MembershipView = Omit<Member, 'role' | 'customRole'> & { role: RoleDefinition; suspended: boolean }

/** @param member a row that was just read, and becomes what is returned: to copy each of a list takes as long as to read it. */
export const viewMembership = (member: Member): MembershipView => Object.assign(member, managed(member))

/** What the rules ask of a membership. */
export const managed = ({ id, role, customRole, roleExpiresAt, suspendedAt }: Member): Managed => ({
  id,
  role: roleOfRow(role, customRole),
  roleExpiresAt,
  suspended: suspendedAt !== null,
})

const ownersKey = (organizationId: string): string => `permanentOwners ${organizationId}`

const noRights: MembershipRights = {
  canSuspend: false,
  canRemove: false,
  canEndSessions: false,
  assignableRoles: [],
  restriction: null,
}

/** What the actor may do with the membership now. Role, roles and number of owners are read once a request. */
export async function findMembershipRights(ctx: RequestContext, membership: MembershipView): Promise<MembershipRights> {
  const { organizationId } = membership
  const grant = await findGrant(ctx, organizationId)
  if (grant === null) return noRights
  const key = ownersKey(organizationId)
  const permanentOwners = await once(ctx, key, () => countPermanentOwners(ctx.db, organizationId))
  return rightsOver(grant, membership, permanentOwners, await findRoles(ctx, organizationId))
}

/** After a change of who may do what: the rest of this request reads it again. */
export function forgetMembershipAnswers(ctx: RequestContext, organizationId: string): void {
  ctx.grants.delete(organizationId)
  ctx.memo.delete(ownersKey(organizationId))
}
