import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { AppError, badUserInput, conflict, notFound } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import { sha256 } from '../core/secrets.ts'
import { findOrganization } from '../organization/organization.store.ts'
import { adoptSession } from '../session/adopt-session.ts'
import { verifyPassword } from '../session/password.ts'
import { findUser, type UserRow } from '../user/user.store.ts'
import { admitMember } from './login/admit-member.ts'
import { isBoundBrowser } from './login/request-cookie.ts'
import { findPendingLink, type PendingLinkRow, takePendingLink } from './login/sign-in-state.store.ts'
import { check } from './protocol/sign-in-check.ts'
import { failureOf } from './protocol/sign-in-failure.ts'
import { type ConnectionRow, findConnection, lockConnection } from './sso-connection.store.ts'
import { insertIdentity } from './sso-identity.store.ts'

type Pending = { link: PendingLinkRow; user: UserRow; connection: ConnectionRow }

async function getPending(ctx: RequestContext, token: string): Promise<Pending> {
  const link = await findPendingLink(ctx.db, sha256(token), ctx.clock.now())
  const user = link && (await findUser(ctx.db, link.userId))
  const connection = link && (await findConnection(ctx.db, link.connectionId))
  // The link is good in the browser that signed in, and in no other.
  if (link === null || user === null || connection === null || !isBoundBrowser(ctx, link.browserBindingHash)) {
    throw notFound('account to connect')
  }
  return { link, user, connection }
}

// A session that a recovery code opened repairs settings; it proves nothing that would open more.
const isViewer = (ctx: RequestContext, user: UserRow): boolean =>
  ctx.actor.kind === 'user' && ctx.actor.userId === user.id && !ctx.actor.recovery

export type PendingSsoLinkView = {
  email: string
  organizationName: string
  connectionName: string
  viewerIsUser: boolean
  userHasPassword: boolean
  expiresAt: Date
}

/** What the person is asked to confirm. @throws NOT_FOUND when it expired, was used, or is another browser's. */
export async function getPendingSsoLink(ctx: RequestContext, token: string): Promise<PendingSsoLinkView> {
  const { link, user, connection } = await getPending(ctx, token)
  const organization = await findOrganization(ctx.db, connection.organizationId)
  return {
    email: user.email,
    organizationName: organization?.name ?? '',
    connectionName: connection.name,
    viewerIsUser: isViewer(ctx, user),
    userHasPassword: user.passwordHash !== null,
    expiresAt: link.expiresAt,
  }
}

async function proveIdentity(ctx: RequestContext, user: UserRow, password: string | null): Promise<void> {
  if (isViewer(ctx, user)) return
  await ctx.limits.consume('linkByAccount', user.id)
  if (await verifyPassword(user.passwordHash, password ?? '')) return
  const message =
    user.passwordHash === null
      ? 'This account has no password. Sign in the way you usually do, in this browser, and open this page again.'
      : 'This is not the password of the account. Check it; letter case counts.'
  throw badUserInput([{ path: 'input.password', reason: 'WRONG_PASSWORD', message }])
}

/**
 * Connects a single sign-on identity to the existing user, who proves by password or open session that they are the
 * same person; makes them a member, and signs them in. Sets the session cookie.
 * @throws NOT_FOUND, BAD_USER_INPUT, CONFLICT ALREADY_LINKED, RATE_LIMITED
 */
export async function linkSsoIdentity(
  ctx: RequestContext,
  token: string,
  password: string | null,
): Promise<{ user: UserRow; returnPath: string }> {
  const { link, user, connection: seen } = await getPending(ctx, token)
  await proveIdentity(ctx, user, password)
  const outcome = await ctx.db.transaction(async (tx) => {
    // The connection first, as everybody does: whoever changes or ends something of it may be deleting this link.
    const connection = await lockConnection(tx, seen.organizationId, seen.id)
    if (connection === null || !connection.enabled) throw notFound('account to connect')
    if (!(await takePendingLink(tx, link.id))) throw notFound('account to connect')
    const { connectionId, subject } = link
    const now = ctx.clock.now()
    if (
      !(await insertIdentity(tx, { id: createId('idn', now), connectionId, subject, userId: user.id, createdAt: now }))
    ) {
      throw conflict(
        'ALREADY_LINKED',
        'This sign-in is connected to an account already. Start again at the SSO login URL.',
      )
    }
    const by = { actor: user.email, actorId: user.id }
    const details = { connectionId, userId: user.id, email: user.email }
    await recordAuditEvent(ctx, tx, connection.organizationId, { type: 'ssoIdentity.linked', details }, by)
    const proof = isViewer(ctx, user) ? 'confirmed in the open session' : 'confirmed by password'
    const verified = {
      issuer: link.issuer,
      sessionNotOnOrAfter: link.sessionNotOnOrAfter?.toISOString() ?? null,
      samlSubject: link.samlSubject,
      identity: { subject, email: user.email, emailVerified: true, name: null },
      attributes: link.attributes,
      checks: [check('account', 'Account', true, 'confirmed by the person', proof)],
    }
    return admitMember(ctx, tx, { connection, user, returnPath: link.returnPath, verified })
  })
  if ('refusal' in outcome) {
    const { publicMessage } = failureOf(outcome.refusal.reason)
    throw new AppError(publicMessage, { code: 'FORBIDDEN', permission: 'organization:read' })
  }
  adoptSession(ctx, user, outcome.done.session)
  return { user, returnPath: link.returnPath }
}
