import { authorizeOwned } from '../access/authorize.ts'
import { isRoleKey, type RoleDefinition, roleOf, roles } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { badUserInput } from '../core/errors.ts'
import { lockMember } from './lock-member.ts'
import { findMember, updateMembership } from './membership.store.ts'
import { forgetMembershipAnswers, type MembershipView, managed, viewMembership } from './membership-view.ts'
import { refusalError, refuseRoleChange } from './role-rules.ts'

function parseRole(key: string): RoleDefinition {
  if (isRoleKey(key)) return roleOf(key)
  const message = `Choose one of the roles ${roles.map((role) => role.key).join(', ')}.`
  throw badUserInput([{ path: 'input.role', reason: 'UNKNOWN_ROLE', message }])
}

/**
 * Gives a member another role, which holds from their next request on. The role they have already changes nothing.
 * @throws BAD_USER_INPUT on `input.role`, CONFLICT LAST_OWNER, NOT_FOUND, FORBIDDEN
 */
export async function changeMemberRole(
  ctx: RequestContext,
  membershipId: string,
  key: string,
): Promise<MembershipView> {
  const found = await findMember(ctx.db, membershipId)
  const { row } = await authorizeOwned(ctx, 'member:changeRole', 'membership', found)
  const to = parseRole(key)
  const saved = await ctx.db.transaction(async (tx) => {
    const { member, grant, activeOwners } = await lockMember(ctx, tx, 'member:changeRole', row)
    const refusal = refuseRoleChange(grant, managed(member), to, activeOwners)
    if (refusal !== null) throw refusalError(refusal, 'member:changeRole')
    if (member.role === to.key) return member
    const change = { role: to.key, roleSource: 'MANUAL' }
    await updateMembership(tx, member.organizationId, member.id, change)
    const details = { membershipId: member.id, email: member.user.email, from: member.role, to: to.key }
    await recordAuditEvent(ctx, tx, member.organizationId, { type: 'membership.roleChanged', details })
    return { ...member, ...change }
  })
  forgetMembershipAnswers(ctx, saved.organizationId)
  return viewMembership(saved)
}
