import { findEnforcement, listEntrances } from '../access/enforcement.store.ts'
import { refuseWithoutSso } from '../access/refuse-without-sso.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { conflict, forbidden, notFound, unauthenticated } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { deleteInvitation, type InvitationRow } from '../membership/invitation.store.ts'
import { findMember } from '../membership/membership.store.ts'
import { type MembershipView, viewMembership } from '../membership/membership-view.ts'
import { joinByInvitation } from '../membership/provision-member.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { adoptSession } from '../session/adopt-session.ts'
import type { NewSession } from '../session/create-session.ts'
import { createPasswordSession } from '../session/sign-in.ts'
import { findUser, type UserRow } from '../user/user.store.ts'
import { invitedRole } from './invitation-view.ts'
import { type AcceptInvitation, findOrMakeAccount, type Invitee, proveByPassword } from './invitee.ts'
import { findOrCount, requireOpenInvitation } from './read-invitation.ts'

/**
 * Makes whoever holds the link a member with the role of the invitation. Who they are is proved by an open session of
 * the invited address, or by the password of its account; an address that has no account gets one, with the password
 * that is given. Where single sign-on is required, only a session made through it proves anything. Signs in whoever
 * gave a password, and sets the session cookie.
 * @throws NOT_FOUND, BAD_USER_INPUT, UNAUTHENTICATED SSO_REQUIRED, CONFLICT, FORBIDDEN for a suspended member,
 * RATE_LIMITED
 */
export async function acceptInvitation(ctx: RequestContext, input: AcceptInvitation): Promise<MembershipView> {
  const seen = await findOrCount(ctx, input.token)
  const signedIn = await findSignedIn(ctx, seen)
  await refuseAroundSso(ctx, seen)
  const invitee: Invitee = signedIn ?? (await proveByPassword(ctx, seen, input))
  const done = await ctx.db.transaction(async (tx) => {
    // As everybody does who decides who may be what: so the inviter's role is what it is when this is kept.
    await lockOrganization(tx, seen.organizationId)
    const invitation = await requireOpenInvitation(tx, ctx.clock.now(), input.token)
    if (!(await deleteInvitation(tx, invitation.organizationId, invitation.id))) throw notFound('invitation')
    await refuseAroundSso({ ...ctx, db: tx }, invitation)
    const user = await findOrMakeAccount(ctx, tx, invitee)
    const membershipId = await join(ctx, tx, invitation, user)
    const session: NewSession | null = signedIn === null ? await createPasswordSession(ctx, tx, user) : null
    return { membershipId, user, session }
  })
  if (done.session !== null) adoptSession(ctx, done.user, done.session)
  ctx.grants.clear()
  ctx.memo.clear()
  const member = await findMember(ctx.db, done.membershipId, ctx.clock.now())
  if (member === null) throw notFound('membership')
  return viewMembership(member)
}

async function join(ctx: RequestContext, tx: Tx, invitation: InvitationRow, user: UserRow): Promise<string> {
  const { id, organizationId, email } = invitation
  const now = ctx.clock.now()
  const joined = await joinByInvitation(ctx, tx, { organizationId, user, role: invitedRole(invitation), now })
  if (joined.suspended) {
    throw forbidden('organization:read', 'Your membership is suspended. Ask an owner of the organization.')
  }
  const by = { actor: user.email, actorId: user.id }
  const details = { invitationId: id, email }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'invitation.accepted', details }, by)
  return joined.membershipId
}

/** Whoever is signed in as the invited address; null when nobody is. */
async function findSignedIn(ctx: RequestContext, invitation: InvitationRow): Promise<{ user: UserRow } | null> {
  const { actor } = ctx
  if (actor.kind === 'accessToken') {
    throw unauthenticated('An invitation is accepted by a person: an access token cannot.')
  }
  if (actor.kind === 'anonymous' || actor.kind === 'setupLink') return null
  if (actor.recovery) {
    throw forbidden('person:act', 'A recovery code opens the settings of single sign-on and nothing else.')
  }
  const user = await findUser(ctx.db, actor.userId)
  if (user === null || user.email !== invitation.email) {
    throw conflict(
      'INVITATION_FOR_SOMEBODY_ELSE',
      `This invitation is for ${invitation.email}, and you are signed in as ${actor.email}. Sign out and open the link again.`,
    )
  }
  await refuseWithoutWayIn(ctx, invitation, user)
  return { user }
}

/** A membership that its person could never enter would only look like one. */
async function refuseWithoutWayIn(ctx: RequestContext, { organization }: InvitationRow, user: UserRow): Promise<void> {
  const { actor } = ctx
  const entersElsewhere =
    actor.kind === 'user' && actor.onlyOrganizationId !== null && actor.onlyOrganizationId !== organization.id
  if (!entersElsewhere || user.passwordHash !== null) return
  if ((await listEntrances(ctx.db, [organization.id])).length > 0) return
  throw conflict(
    'NO_WAY_IN',
    `Your account signs in through another organization’s identity provider and has no password, and ${organization.name} has no single sign-on: you could not enter it. Ask to be invited under another e-mail address.`,
  )
}

/** Where single sign-on is required, nothing but a session made through it lets anybody in, an invitation included. */
async function refuseAroundSso(ctx: RequestContext, { organizationId }: InvitationRow): Promise<void> {
  const { actor } = ctx
  if (actor.kind === 'user' && actor.onlyOrganizationId === organizationId) return
  if ((await findEnforcement(ctx.db, organizationId, ctx.clock.now())) === null) return
  throw await refuseWithoutSso(
    ctx,
    [organizationId],
    'This organization takes single sign-on only. Sign in through its identity provider, then open the link of your invitation again.',
  )
}
