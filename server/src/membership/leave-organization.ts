import { authorize, requireUser } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { revokeTokensOfMember } from '../access-token/revoke-tokens-of-member.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { notFound } from '../core/errors.ts'
import { endSessionsAfterLosingOrganization } from '../session/session.store.ts'
import { lockMember } from './lock-member.ts'
import { deleteMembership } from './membership.store.ts'
import { forgetMembershipAnswers, managed } from './membership-view.ts'
import { revokeInvitationsOfMember } from './revoke-invitations-of-member.ts'
import { refusalError, refuseLeaving } from './role-rules.ts'

/**
 * The person who asks leaves; the sessions that the organization gave them end, this one too unless another
 * organization lets them in. Any role may.
 * @returns the organization's id. @throws CONFLICT LAST_OWNER, NOT_FOUND, UNAUTHENTICATED also for an access token
 */
export async function leaveOrganization(ctx: RequestContext, organizationId: string): Promise<string> {
  const { userId } = requireUser(ctx)
  const { membershipId } = await authorize(ctx, 'organization:read', organizationId)
  if (membershipId === null) throw notFound('organization')
  await ctx.db.transaction(async (tx) => {
    const own = { id: membershipId, organizationId }
    const { member, permanentOwners } = await lockMember(ctx, tx, 'organization:read', own)
    const refusal = refuseLeaving(managed(member), permanentOwners)
    if (refusal !== null) throw refusalError(refusal, 'organization:read')
    await deleteMembership(tx, organizationId, membershipId)
    await revokeTokensOfMember(ctx, tx, organizationId, userId)
    await revokeInvitationsOfMember(ctx, tx, organizationId, member.user)
    await endSessionsAfterLosingOrganization(tx, userId, organizationId)
    const details = { membershipId, email: member.user.email, role: member.role }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.left', details })
  })
  forgetMembershipAnswers(ctx, organizationId)
  return organizationId
}
