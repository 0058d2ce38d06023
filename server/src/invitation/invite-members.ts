import { authorize } from '../access/authorize.ts'
import type { Grant } from '../access/grant.ts'
import { covers, isRoleKey, type RoleDefinition, roleOf, roles } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { parseEmail } from '../core/email.ts'
import { badUserInput, FieldErrors } from '../core/errors.ts'
import { findInvitationsTo, findMemberEmails } from '../membership/invitation.store.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { mayWithdraw } from './may-withdraw.ts'
import { type CreatedInvitation, inviterId, sendInvitation } from './send-invitation.ts'

const mostAtOnce = 100

export type InviteMembers = { organizationId: string; emails: string[]; role: string }

function parseRole(key: string, own: RoleDefinition, errors: FieldErrors): RoleDefinition {
  if (!isRoleKey(key)) {
    const known = roles.map((role) => role.key).join(', ')
    errors.add('input.role', 'UNKNOWN_ROLE', `Choose one of the roles ${known}.`)
    return own
  }
  const role = roleOf(key)
  if (!covers(own, role)) {
    errors.add('input.role', 'ROLE_ABOVE_ACTOR', 'You cannot invite somebody to a role above your own.')
  }
  return role
}

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
  const { role: own } = await authorize(ctx, 'member:invite', organizationId)
  const errors = new FieldErrors()
  const role = parseRole(input.role, own, errors)
  const places = parseEmails(input.emails, errors)
  errors.throwIfAny()
  await ctx.limits.consume('inviteByActor', inviterId(ctx))
  return ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    // Read again under the lock: somebody may have lowered the actor's role meanwhile.
    const grant: Grant = await authorize({ ...ctx, db: tx, grants: new Map() }, 'member:invite', organizationId)
    const emails = [...places.keys()]
    const refused = new FieldErrors()
    const refuse = (email: string, reason: string, message: string) =>
      places.get(email)?.forEach((path) => {
        refused.add(path, reason, message)
      })
    for (const email of await findMemberEmails(tx, organizationId, emails)) {
      refuse(email, 'ALREADY_MEMBER', `${email} is a member already.`)
    }
    for (const invitation of await findInvitationsTo(tx, organizationId, emails)) {
      if (mayWithdraw(grant, invitation.role)) continue
      const { email } = invitation
      refuse(email, 'ROLE_ABOVE_ACTOR', `${email} is invited to a role above your own, which you cannot replace.`)
    }
    refused.throwIfAny()
    if (!covers(grant.role, role)) {
      const message = 'You cannot invite somebody to a role above your own.'
      throw badUserInput([{ path: 'input.role', reason: 'ROLE_ABOVE_ACTOR', message }])
    }
    const sent: CreatedInvitation[] = []
    for (const email of emails) {
      sent.push(await sendInvitation(ctx, tx, { organizationId, email, role: role.key }, 'invitation.created'))
    }
    return sent
  })
}
