import { listAdmittingOrganizations } from '../access/enforcement.store.ts'
import { refuseWithoutSso } from '../access/refuse-without-sso.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { parseEmail } from '../core/email.ts'
import { AppError, badUserInput } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { listOrganizationIdsOfUser, setLastSignIn } from '../membership/membership.store.ts'
import { findUserByEmail, keepUser, type UserRow } from '../user/user.store.ts'
import { adoptSession } from './adopt-session.ts'
import { createSession, type NewSession } from './create-session.ts'
import { verifyPassword } from './password.ts'

/**
 * Signs a person in with their password. An unknown address and a wrong password answer alike, in the same time.
 * Sets the session cookie.
 * @throws BAD_USER_INPUT on `input.password`, UNAUTHENTICATED SSO_REQUIRED when the password was right and no
 * organization of the person takes one, RATE_LIMITED
 */
export async function signIn(
  ctx: RequestContext,
  input: { email: string; password: string },
): Promise<{ user: UserRow }> {
  const email = parseEmail(input.email)
  await ctx.limits.consume('signInByAddress', ctx.ipAddress ?? 'unknown')
  await ctx.limits.consume('signInByAccount', email ?? 'malformed')
  const user = email === null ? null : await findUserByEmail(ctx.db, email)
  const right = await verifyPassword(user?.passwordHash ?? null, input.password)
  if (user === null || !right) {
    if (user !== null) await recordRefusal(ctx, user, 'WRONG_CREDENTIALS')
    throw wrongCredentials()
  }
  await refuseWherePasswordsDoNotCount(ctx, user)
  const session = await ctx.db.transaction((tx) => createPasswordSession(ctx, tx, user))
  adoptSession(ctx, user, session)
  return { user }
}

/** The session of a person who has just given the right password, noted in every organization they belong to. */
export async function createPasswordSession(ctx: RequestContext, tx: Tx, user: UserRow): Promise<NewSession> {
  // Person, memberships, sessions: as everywhere, so that a sign-in and a suspension never wait for each other.
  await keepUser(tx, user.id)
  await setLastSignIn(tx, user.id, ctx.clock.now())
  const session = await createSession(ctx, tx, { userId: user.id, connection: null })
  for (const organizationId of await listOrganizationIdsOfUser(tx, user.id)) {
    const event = { type: 'signIn.succeeded', details: { method: 'password', email: user.email } } as const
    await recordAuditEvent(ctx, tx, organizationId, event, { actor: user.email, actorId: user.id })
  }
  return session
}

/** Said after the right password alone, so that nobody else learns how an organization's people come in. */
async function refuseWherePasswordsDoNotCount(ctx: RequestContext, user: UserRow): Promise<void> {
  const organizations = await listAdmittingOrganizations(ctx.db, user.id, ctx.clock.now())
  if (organizations.length === 0 || organizations.some(({ enforced }) => !enforced)) return
  await recordRefusal(ctx, user, 'SSO_REQUIRED')
  throw await refuseWithoutSso(
    ctx,
    organizations.map(({ organizationId }) => organizationId),
    'Your organization takes single sign-on only: your password does not let you in. Sign in through its identity provider.',
  )
}

const wrongCredentials = (): AppError =>
  badUserInput([
    {
      path: 'input.password',
      reason: 'WRONG_CREDENTIALS',
      message: 'E-mail address and password do not match. Check both; letter case counts in the password.',
    },
  ])

/** A failed password sign-in is a fact of every organization the person belongs to. */
async function recordRefusal(
  ctx: RequestContext,
  user: UserRow,
  reason: 'WRONG_CREDENTIALS' | 'SSO_REQUIRED',
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    for (const organizationId of await listOrganizationIdsOfUser(tx, user.id)) {
      await recordAuditEvent(ctx, tx, organizationId, {
        type: 'signIn.refused',
        details: { method: 'password', reason, email: user.email },
      })
    }
  })
}
