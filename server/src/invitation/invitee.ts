import type { RequestContext } from '../access/request-context.ts'
import { mailDomainOf } from '../core/domain-name.ts'
import { badUserInput, FieldErrors } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import type { Tx } from '../db/client.ts'
import { findVerifiedDomain } from '../domain/domain.store.ts'
import type { InvitationRow } from '../membership/invitation.store.ts'
import { checkNewPassword, hashPassword, verifyPassword } from '../session/password.ts'
import { findUserByEmail, insertUser, type UserRow } from '../user/user.store.ts'
import { parseUserName } from '../user/user-name.ts'

export type AcceptInvitation = { token: string; name?: string | null; password?: string | null }

/** Whose invitation it is: somebody with an account, or somebody who is about to get one. */
export type Invitee = { user: UserRow } | { email: string; name: string | null; passwordHash: string }

/**
 * Somebody who is not signed in: the password of the account that the address has, or the one to be of a new account.
 * @throws BAD_USER_INPUT, RATE_LIMITED
 */
export async function proveByPassword(
  ctx: RequestContext,
  { email, organizationId }: InvitationRow,
  input: AcceptInvitation,
): Promise<Invitee> {
  const errors = new FieldErrors()
  const name = parseUserName(input.name ?? null, 'input.name', errors)
  const password = input.password ?? ''
  if (password === '') errors.add('input.password', 'REQUIRED', 'Enter a password, or sign in first.')
  else checkNewPassword(password, 'input.password', errors)
  errors.throwIfAny()
  await ctx.limits.consume('signInByAddress', ctx.ipAddress ?? 'unknown')
  await ctx.limits.consume('signInByAccount', email)
  const user = await findUserByEmail(ctx.db, email)
  if (user !== null) {
    if (await verifyPassword(user.passwordHash, password)) return { user }
    throw badUserInput([
      {
        path: 'input.password',
        reason: 'WRONG_CREDENTIALS',
        message:
          'This is not the password that goes with the address. If it has an account here, enter that one’s password, or sign in the way you usually do and open the link again.',
      },
    ])
  }
  const domain = await findVerifiedDomain(ctx.db, mailDomainOf(email))
  if (domain !== null && domain.organizationId !== organizationId) {
    const message = `${domain.name} belongs to another organization, which makes its own accounts. Sign in through that organization first, then open the link again.`
    throw badUserInput([{ path: 'input.password', reason: 'EMAIL_DOMAIN_TAKEN', message }])
  }
  return { email, name, passwordHash: await hashPassword(password) }
}

/** The account, made now where there was none. @throws BAD_USER_INPUT when somebody made it in the same moment. */
export async function findOrMakeAccount(ctx: RequestContext, tx: Tx, invitee: Invitee): Promise<UserRow> {
  if ('user' in invitee) return invitee.user
  const now = ctx.clock.now()
  const user = { id: createId('usr', now), ...invitee, createdAt: now }
  if (await insertUser(tx, user)) return user
  const message = 'An account with this address was made at this moment. Enter its password.'
  throw badUserInput([{ path: 'input.password', reason: 'WRONG_CREDENTIALS', message }])
}
