import { authorizeOwned } from '../access/authorize.ts'
import { findRoles, refuseUnknownRole, resolveRole } from '../access/find-roles.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { FieldErrors } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { lockMember } from './lock-member.ts'
import { findMember, type Member, updateMembership } from './membership.store.ts'
import { forgetMembershipAnswers, type MembershipView, managed, viewMembership } from './membership-view.ts'
import { refusalError, refuseRoleChange } from './role-rules.ts'

/**
 * `pinned`: sign-ins leave the role as it is; absent: so it is with another role, and stays with the same.
 * `expiresAt`: when it ends; null: never; absent: another role has no end, the same keeps its own.
 */
export type RoleChange = { role: string; pinned?: boolean | null; expiresAt?: Date | null }

type Terms = { rolePinned: boolean; roleExpiresAt: Date | null }

async function parse(
  ctx: RequestContext,
  tx: Tx,
  member: Member,
  change: RoleChange,
): Promise<{ to: RoleDefinition; terms: Terms }> {
  const errors = new FieldErrors()
  const to = await resolveRole(tx, member.organizationId, change.role)
  if (to === null) refuseUnknownRole(await findRoles({ ...ctx, db: tx }, member.organizationId), 'input.role', errors)
  if (change.expiresAt != null && !(change.expiresAt > ctx.clock.now())) {
    errors.add('input.expiresAt', 'NOT_IN_FUTURE', 'Choose a time in the future, or none.')
  }
  if (change.expiresAt != null && to?.key === 'member') {
    errors.add('input.expiresAt', 'NOT_ALLOWED', 'A role that ends becomes Organization Member: that one has no end.')
  }
  errors.throwIfAny()
  if (to === null) throw new Error('a role that is not there passed')
  const same = to.key === member.role
  return {
    to,
    terms: {
      rolePinned: change.pinned ?? (same ? member.rolePinned : true),
      roleExpiresAt: change.expiresAt === undefined ? (same ? member.roleExpiresAt : null) : change.expiresAt,
    },
  }
}

/**
 * Gives a member another role, or other terms with the one they have; it holds from their next request on. What is as
 * it was changes nothing.
 * @throws BAD_USER_INPUT on `input.role` and `input.expiresAt`, CONFLICT LAST_OWNER, NOT_FOUND, FORBIDDEN
 */
export async function changeMemberRole(
  ctx: RequestContext,
  membershipId: string,
  change: RoleChange,
): Promise<MembershipView> {
  const found = await findMember(ctx.db, membershipId, ctx.clock.now())
  const { row } = await authorizeOwned(ctx, 'member:changeRole', 'membership', found)
  const saved = await ctx.db.transaction(async (tx) => {
    const { member, grant, permanentOwners } = await lockMember(ctx, tx, 'member:changeRole', row)
    const { to, terms } = await parse(ctx, tx, member, change)
    const refusal = refuseRoleChange(grant, managed(member), to, permanentOwners, terms.roleExpiresAt)
    if (refusal !== null) throw refusalError(refusal, 'member:changeRole')
    await store(ctx, tx, member, to, terms)
    return findMember(tx, member.id, ctx.clock.now())
  })
  if (saved === null) throw new Error('the membership is gone in the transaction that changed it')
  forgetMembershipAnswers(ctx, saved.organizationId)
  return viewMembership(saved)
}

async function store(ctx: RequestContext, tx: Tx, member: Member, to: RoleDefinition, terms: Terms): Promise<void> {
  const { id: membershipId, organizationId } = member
  const { email } = member.user
  const asBefore =
    terms.rolePinned === member.rolePinned && terms.roleExpiresAt?.getTime() === member.roleExpiresAt?.getTime()
  if (to.key === member.role) {
    if (asBefore) return
    const row = { role: to.key, roleSource: member.roleSource, ...terms }
    await updateMembership(tx, organizationId, membershipId, row)
    const details = { membershipId, email, role: to.key, ...shown(terms) }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.roleTermsChanged', details })
    return
  }
  await updateMembership(tx, organizationId, membershipId, { role: to.key, roleSource: 'MANUAL', ...terms })
  // Only what is out of the ordinary: a role that somebody gives is kept, and has no end.
  const { pinned, expiresAt } = shown(terms)
  const details = {
    membershipId,
    email,
    from: member.role,
    to: to.key,
    ...(pinned ? {} : { pinned }),
    ...(expiresAt === null ? {} : { expiresAt }),
  }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.roleChanged', details })
}

const shown = ({ rolePinned, roleExpiresAt }: Terms) => ({
  pinned: rolePinned,
  expiresAt: roleExpiresAt?.toISOString() ?? null,
})
