import { authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { holdPasswordSessionsTo } from '../session/hold-to-policy.ts'
import { endSessionsAfterLosingOrganization } from '../session/session.store.ts'
import { lockMember } from './lock-member.ts'
import { findMember, updateMembership } from './membership.store.ts'
import { forgetMembershipAnswers, type MembershipView, managed, viewMembership } from './membership-view.ts'
import { refusalError, refuseSuspension } from './role-rules.ts'

/**
 * Shuts a member out and ends their sessions at once, or lets them in again; role and history are kept.
 * @throws CONFLICT LAST_OWNER, NOT_FOUND, FORBIDDEN
 */
export async function setMemberSuspended(
  ctx: RequestContext,
  membershipId: string,
  suspended: boolean,
): Promise<MembershipView> {
  const found = await findMember(ctx.db, membershipId, ctx.clock.now())
  const { row } = await authorizeOwned(ctx, 'member:suspend', 'membership', found)
  const saved = await ctx.db.transaction(async (tx) => {
    const { member, grant, permanentOwners } = await lockMember(ctx, tx, 'member:suspend', row)
    const { organizationId, userId } = member
    const refusal = refuseSuspension(grant, managed(member), suspended, permanentOwners)
    if (refusal !== null) throw refusalError(refusal, 'member:suspend')
    if ((member.suspendedAt !== null) === suspended) return member
    const change = { suspendedAt: suspended ? ctx.clock.now() : null }
    await updateMembership(tx, organizationId, member.id, change)
    // After the update, which waits for a sign-in that is under way: its session is among the others.
    if (suspended) await endSessionsAfterLosingOrganization(tx, userId, organizationId)
    else await holdPasswordSessionsTo(tx, userId, organizationId)
    const type = suspended ? 'membership.suspended' : 'membership.reinstated'
    const details = { membershipId: member.id, email: member.user.email }
    await recordAuditEvent(ctx, tx, organizationId, { type, details })
    return { ...member, ...change }
  })
  forgetMembershipAnswers(ctx, saved.organizationId)
  return viewMembership(saved)
}
