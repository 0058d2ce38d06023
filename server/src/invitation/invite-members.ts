import { authorize, authorizeWithin } from '../access/authorize.ts'
import { parseGrantableRole } from '../access/find-roles.ts'
import type { RequestContext } from '../access/request-context.ts'
import { parseEmail } from '../core/email.ts'
import { FieldErrors } from '../core/errors.ts'
import { findInvitationsTo, findMemberEmails } from '../membership/invitation.store.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { mayInviteTo, mayWithdraw } from './invitation-view.ts'
import { type CreatedInvitation, inviterId, sendInvitation } from './send-invitation.ts'

const mostAtOnce = 100

export type InviteMembers = { organizationId: string; emails: string[]; role: string }

/** Each address once, with the places in the input where it stands. */
function parseEmails(texts: readonly string[], errors: FieldErrors): Map<string, string[]> {
  const places = new Map<string, string[]>()
  if (texts.length === 0) errors.add('input.emails', 'REQUIRED', 'Enter at least one e-mail address.')
  if (texts.length > mostAtOnce) {
    errors.add('input.emails', 'TOO_MANY', `Invite at most ${mostAtOnce} people at once.`)
    return places
  }
  texts.forEach((text, index) => {
    const path = `input.emails.${index}`
    const email = parseEmail(text)
    if (email === null) {
      const shown = text.trim().slice(0, 100)
      errors.add(path, 'INVALID_EMAIL', `“${shown}” is no e-mail address. Enter one such as ada@example.com.`)
    } else places.set(email, [...(places.get(email) ?? []), path])
  })
  return places
}

/**
 * Invites people to become members with a role, all of them or, if anything is wrong with one address, nobody. Somebody
 * who has an invitation gets a new one in its place. Says nothing of accounts: only of the organization's own members.
 * @returns the links, in the order of the addresses: the mail has them too, where the operator has configured mail
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, RATE_LIMITED
 */
export async function inviteMembers(ctx: RequestContext, input: InviteMembers): Promise<CreatedInvitation[]> {
  const { organizationId } = input
  await authorize(ctx, 'member:invite', organizationId)
  const malformed = new FieldErrors()
  const places = parseEmails(input.emails, malformed)
  malformed.throwIfAny()
  await ctx.limits.consume('inviteByActor', inviterId(ctx))
  return ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    // Read under the lock: somebody may have lowered the actor's role meanwhile.
    const grant = await authorizeWithin(ctx, tx, 'member:invite', organizationId)
    const refused = new FieldErrors()
    const wanted = { organizationId, key: input.role, path: 'input.role', own: grant.role }
    const role = await parseGrantableRole(ctx, tx, wanted, refused)
    if (role !== null && !mayInviteTo(grant.role, grant.roleExpiresAt, role)) {
      const message = 'Your own role ends at a time, so you can invite to Organization Member alone.'
      refused.add('input.role', 'ROLE_OUTLASTS_ACTOR', message)
    }
    const emails = [...places.keys()]
    const refuse = (email: string, reason: string, message: string) =>
      places.get(email)?.forEach((path) => {
        refused.add(path, reason, message)
      })
    for (const email of await findMemberEmails(tx, organizationId, emails)) {
      refuse(email, 'ALREADY_MEMBER', `${email} is a member already.`)
    }
    for (const invitation of await findInvitationsTo(tx, organizationId, emails)) {
      if (mayWithdraw(grant, invitation)) continue
      const { email } = invitation
      refuse(email, 'ROLE_ABOVE_ACTOR', `${email} is invited to a role above your own, which you cannot replace.`)
    }
    refused.throwIfAny()
    if (role === null) throw new Error('a role that is not there passed')
    const sent: CreatedInvitation[] = []
    for (const email of emails) {
      sent.push(await sendInvitation(ctx, tx, { organizationId, email, role: role.key }, 'invitation.created'))
    }
    return sent
  })
}
