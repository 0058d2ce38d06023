import type { RequestContext } from '../../access/request-context.ts'
import { sha256 } from '../../core/secrets.ts'
import type { Tx } from '../../db/client.ts'
import { adoptSession } from '../../session/adopt-session.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { findConnection, type OidcConnectionRow } from '../sso-connection.store.ts'
import { completeTestSignIn } from '../sso-test/complete-test-sign-in.ts'
import { testOf } from '../sso-test/find-answered-test.ts'
import { testResultPath } from '../sso-test/show-test-result.ts'
import { admitIdentity, type Completion, type Outcome } from './admit-identity.ts'
import { checkBrowser } from './check-browser.ts'
import { lockAsVerified } from './lock-as-verified.ts'
import { consumeOidcRequest, findOidcRequest, type OidcRequestRow } from './oidc-request.store.ts'
import { isBoundBrowser } from './request-cookie.ts'
import { type AttemptFacts, type Refusal, refuse } from './sign-in-refusal.ts'
import type { VerifiedSignIn } from './verified-sign-in.ts'
import { type CallbackQuery, readAnswer, verifyCallback } from './verify-callback.ts'

type Opened = { request: OidcRequestRow; answer: NonNullable<ReturnType<typeof readAnswer>>; checks: SignInCheck[] }
type Refused = { reason: SignInFailureReason; facts: AttemptFacts }

/**
 * The redirect URI: the identity provider sends the browser back with a code, by a GET that carries our cookie. The
 * request is spent by the browser that made it, before the code is sent anywhere; then comes the same second half as
 * with SAML, in one transaction.
 */
export async function receiveCallback(
  ctx: RequestContext,
  connectionId: string,
  query: CallbackQuery,
): Promise<Completion> {
  const address = ctx.ipAddress ?? 'unknown'
  await ctx.limits.check('acsRefusedByAddress', address)
  const connection = await findConnection(ctx.db, connectionId)
  if (connection === null || connection.protocol === 'SAML') {
    await ctx.limits.consume('acsRefusedByAddress', address)
    return { refusal: { reason: 'CONNECTION_NOT_FOUND', reference: ctx.requestId, connectionId: null } }
  }
  const refused = async ({ reason, facts }: Refused): Promise<{ refusal: Refusal }> => {
    await ctx.limits.consume('acsRefusedByAddress', address)
    return { refusal: await refuse(ctx, connection, reason, facts) }
  }
  const opened = await openRequest(ctx, connection, query)
  if ('reason' in opened) return refused(opened)
  const { request } = opened
  const test = testOf(request)
  const step = await verifyCallback(ctx, connection, opened)
  if (!step.ok) return refused({ reason: step.reason, facts: { ...step.facts, test } })
  const outcome = await ctx.db.transaction((tx) => complete(ctx, tx, connection, request, step.value))
  if ('refusal' in outcome) return outcome
  if ('tested' in outcome) return { redirectPath: testResultPath(outcome.tested.attemptId, request.id) }
  if ('linkToken' in outcome) return { redirectPath: `/link-account?token=${outcome.linkToken}` }
  adoptSession(ctx, outcome.done.user, outcome.done.session)
  return { redirectPath: outcome.done.returnPath }
}

/** The request that is answered: ours, of this connection, of this browser, still open; and now spent. */
async function openRequest(
  ctx: RequestContext,
  connection: OidcConnectionRow,
  query: CallbackQuery,
): Promise<Opened | Refused> {
  const checks: SignInCheck[] = []
  const now = ctx.clock.now()
  const answer = readAnswer(query)
  const request = answer === null ? null : await findOidcRequest(ctx.db, connection.id, sha256(answer.state))
  const facts = { checks, test: testOf(request) }
  const refused = (reason: SignInFailureReason, actual: string): Refused => {
    checks.push(check('state', 'Answers a request of ours', false, 'an open request of this connection', actual))
    return { reason, facts }
  }
  if (!connection.enabled && facts.test === null) return { reason: 'CONNECTION_DISABLED', facts }
  if (answer === null) return refused('CALLBACK_MALFORMED', 'no state, or a parameter twice')
  if (request === null) return refused('REQUEST_UNKNOWN', 'a state that we did not send or have forgotten')
  if (request.consumedAt !== null) return refused('REQUEST_USED', 'a request that was answered already')
  if (request.expiresAt <= now) {
    return refused('REQUEST_EXPIRED', `a request that expired at ${request.expiresAt.toISOString()}`)
  }
  const bound = isBoundBrowser(ctx, request.browserBindingHash)
  // Whoever brings another browser's state must not spend that browser's request.
  if (bound && !(await consumeOidcRequest(ctx.db, connection.id, request.id, now))) {
    return refused('REQUEST_USED', 'a request that was answered a moment ago')
  }
  const expected = 'an open request of this connection'
  checks.push(check('state', 'Answers a request of ours', true, expected, 'one'), checkBrowser(bound))
  return bound ? { request, answer, checks } : { reason: 'REQUEST_FROM_OTHER_BROWSER', facts }
}

async function complete(
  ctx: RequestContext,
  tx: Tx,
  seen: OidcConnectionRow,
  request: OidcRequestRow,
  verified: VerifiedSignIn,
): Promise<Outcome | { tested: { attemptId: string } }> {
  const test = testOf(request)
  const locked = await lockAsVerified(ctx, tx, seen, verified, test)
  if ('refusal' in locked) return locked
  const { connection } = locked
  if (test !== null) return completeTestSignIn(ctx, tx, connection, test, verified)
  return admitIdentity(ctx, tx, { connection, way: request, verified })
}
