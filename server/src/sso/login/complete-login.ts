import type { RequestContext } from '../../access/request-context.ts'
import { sha256 } from '../../core/secrets.ts'
import type { Tx } from '../../db/client.ts'
import { adoptSession } from '../../session/adopt-session.ts'
import { check } from '../protocol/sign-in-check.ts'
import { findSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { completeTestSignIn } from '../sso-test/complete-test-sign-in.ts'
import { testOf } from '../sso-test/find-answered-test.ts'
import { testResultPath } from '../sso-test/show-test-result.ts'
import { admitIdentity, type Completion, type Outcome } from './admit-identity.ts'
import { askToConfirm } from './ask-to-confirm.ts'
import { checkBrowser } from './check-browser.ts'
import { lockAsVerified } from './lock-as-verified.ts'
import type { SamlSignIn } from './receive-response.ts'
import { isBoundBrowser } from './request-cookie.ts'
import { recordRefusal, refuse } from './sign-in-refusal.ts'
import {
  type AuthnRequestRow,
  consumeAssertion,
  consumeAuthnRequest,
  findAuthnRequest,
  takeCompletion,
} from './sign-in-state.store.ts'

type Ended = Outcome | { tested: { attemptId: string } }

/**
 * The second half of a sign-in: the browser comes back, same-site and so with its cookie. One transaction spends the
 * request and the assertion, finds or makes the user and their membership, and makes the session.
 */
export async function completeLogin(ctx: RequestContext, token: unknown): Promise<Completion> {
  const taken = typeof token === 'string' ? await takeCompletion(ctx.db, sha256(token)) : null
  const connection = taken && (await findSamlConnection(ctx.db, taken.connectionId))
  if (taken === null || connection === null) {
    return { refusal: { reason: 'COMPLETION_EXPIRED', reference: ctx.requestId, connectionId: null } }
  }
  // Written by receiveResponse() alone.
  const verified = taken.verified as SamlSignIn
  const request = verified.requestId === null ? null : await findAuthnRequest(ctx.db, connection.id, verified.requestId)
  const { checks, identity, attributes } = verified
  const facts = { checks, email: identity.email, attributes, test: testOf(request) }
  if (taken.expiresAt <= ctx.clock.now()) {
    return { refusal: await refuse(ctx, connection, 'COMPLETION_EXPIRED', facts) }
  }
  if (verified.requestId === null) return askToConfirm(ctx, connection, verified)
  if (request === null) return { refusal: await refuse(ctx, connection, 'REQUEST_UNKNOWN', facts) }
  const bound = isBoundBrowser(ctx, request.browserBindingHash)
  verified.checks.push(checkBrowser(bound))
  if (!bound) return { refusal: await refuse(ctx, connection, 'REQUEST_FROM_OTHER_BROWSER', facts) }
  const outcome = await ctx.db.transaction((tx) => complete(ctx, tx, connection, request, verified))
  if ('refusal' in outcome) return outcome
  if ('tested' in outcome) return { redirectPath: testResultPath(outcome.tested.attemptId, request.id) }
  if ('linkToken' in outcome) return { redirectPath: `/link-account?token=${outcome.linkToken}` }
  adoptSession(ctx, outcome.done.user, outcome.done.session)
  return { redirectPath: outcome.done.returnPath }
}

async function complete(
  ctx: RequestContext,
  tx: Tx,
  seen: SamlConnectionRow,
  request: AuthnRequestRow,
  verified: SamlSignIn,
): Promise<Ended> {
  const { identity, checks, attributes } = verified
  const test = testOf(request)
  const facts = { checks, email: identity.email, attributes, test }
  const now = ctx.clock.now()
  const locked = await lockAsVerified(ctx, tx, seen, verified, test)
  if ('refusal' in locked) return locked
  const { connection } = locked
  if (!(await consumeAuthnRequest(tx, connection.id, request.id, now))) {
    return { refusal: await recordRefusal(ctx, tx, connection, 'REQUEST_USED', facts) }
  }
  const expiresAt = new Date(verified.assertionExpiresAt)
  const fresh = await consumeAssertion(tx, {
    connectionId: connection.id,
    assertionHash: verified.assertionHash,
    expiresAt,
  })
  checks.push(check('replay', 'First use of this assertion', fresh, 'never used', fresh ? 'never used' : 'used before'))
  if (!fresh) return { refusal: await recordRefusal(ctx, tx, connection, 'ASSERTION_REPLAYED', facts) }
  if (test !== null) return completeTestSignIn(ctx, tx, connection, test, verified)
  return admitIdentity(ctx, tx, { connection, way: request, verified })
}
