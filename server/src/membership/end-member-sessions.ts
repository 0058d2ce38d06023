import { authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { endSessionsAfterLosingOrganization } from '../session/session.store.ts'
import { lockMember } from './lock-member.ts'
import { findMember } from './membership.store.ts'
import { type MembershipView, managed, viewMembership } from './membership-view.ts'
import { refusalError, refuseEndingSessions } from './role-rules.ts'

/**
 * Signs a member out of the organization: ends the sessions made through its connections, and those by password too
 * when the person can enter no other organization. They may sign in again at once.
 * @returns how many sessions ended. @throws NOT_FOUND, FORBIDDEN
 */
export async function endMemberSessions(
  ctx: RequestContext,
  membershipId: string,
): Promise<{ membership: MembershipView; endedSessions: number }> {
  const found = await findMember(ctx.db, membershipId, ctx.clock.now())
  const { row } = await authorizeOwned(ctx, 'member:suspend', 'membership', found)
  return ctx.db.transaction(async (tx) => {
    const { member, grant } = await lockMember(ctx, tx, 'member:suspend', row)
    const refusal = refuseEndingSessions(grant, managed(member))
    if (refusal !== null) throw refusalError(refusal, 'member:suspend')
    const { organizationId, userId, user } = member
    const endedSessions = await endSessionsAfterLosingOrganization(tx, userId, organizationId)
    if (endedSessions === 0) return { membership: viewMembership(member), endedSessions }
    const details = { membershipId: member.id, email: user.email, sessions: endedSessions }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.sessionsEnded', details })
    return { membership: viewMembership(member), endedSessions }
  })
}
