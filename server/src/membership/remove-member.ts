import { authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { revokeTokensOfMember } from '../access-token/revoke-tokens-of-member.ts'
import { takeOverTokensOfMember } from '../access-token/take-over-access-token.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { endSessionsAfterLosingOrganization } from '../session/session.store.ts'
import { lockMember } from './lock-member.ts'
import { deleteMembership, findMember } from './membership.store.ts'
import { forgetMembershipAnswers, managed } from './membership-view.ts'
import { revokeInvitationsOfMember } from './revoke-invitations-of-member.ts'
import { refusalError, refuseRemoval } from './role-rules.ts'

/**
 * Removes a member and ends their sessions at once. They may come back as a new member through single sign-on.
 * @param takeOverTokens the actor answers for their access tokens from now on; else these are revoked
 * @returns the membership's id. @throws CONFLICT LAST_OWNER, NOT_FOUND, FORBIDDEN
 */
export async function removeMember(ctx: RequestContext, membershipId: string, takeOverTokens = false): Promise<string> {
  const found = await findMember(ctx.db, membershipId, ctx.clock.now())
  const { row } = await authorizeOwned(ctx, 'member:remove', 'membership', found)
  await ctx.db.transaction(async (tx) => {
    const { member, grant, permanentOwners } = await lockMember(ctx, tx, 'member:remove', row)
    const { organizationId, userId } = member
    const refusal = refuseRemoval(grant, managed(member), permanentOwners)
    if (refusal !== null) throw refusalError(refusal, 'member:remove')
    if (takeOverTokens) await takeOverTokensOfMember(ctx, tx, grant, userId)
    await deleteMembership(tx, organizationId, member.id)
    await revokeTokensOfMember(ctx, tx, organizationId, userId)
    await revokeInvitationsOfMember(ctx, tx, organizationId, member.user)
    await endSessionsAfterLosingOrganization(tx, userId, organizationId)
    const details = { membershipId: member.id, email: member.user.email, role: member.role }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.removed', details })
  })
  forgetMembershipAnswers(ctx, row.organizationId)
  return membershipId
}
