import type { RequestContext } from '../../access/request-context.ts'
import { sha256 } from '../../core/secrets.ts'
import type { Tx } from '../../db/client.ts'
import { adoptSession } from '../../session/adopt-session.ts'
import { check, type SignInCheck } from '../saml/sign-in-check.ts'
import { findSamlConnection, lockSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { completeTestSignIn } from '../sso-test/complete-test-sign-in.ts'
import { testOf } from '../sso-test/find-answered-test.ts'
import { testResultPath } from '../sso-test/show-test-result.ts'
import { type Admitted, admitMember } from './admit-member.ts'
import { askToLink } from './ask-to-link.ts'
import { stillTrusts, type VerifiedSignIn } from './receive-response.ts'
import { isBoundBrowser } from './request-cookie.ts'
import { resolveUser } from './resolve-user.ts'
import { type Refusal, recordRefusal, refuse } from './sign-in-refusal.ts'
import {
  type AuthnRequestRow,
  consumeAssertion,
  consumeAuthnRequest,
  findAuthnRequest,
  takeCompletion,
} from './sign-in-state.store.ts'

type Outcome = { done: Admitted } | { linkToken: string } | { tested: { attemptId: string } } | { refusal: Refusal }

/** Where the browser goes next, or why it may not. */
export type Completion = { redirectPath: string } | { refusal: Refusal }

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
  const verified = taken.verified as VerifiedSignIn
  const request = await findAuthnRequest(ctx.db, connection.id, verified.requestId)
  const facts = { checks: verified.checks, email: verified.identity.email, test: testOf(request) }
  if (taken.expiresAt <= ctx.clock.now()) {
    return { refusal: await refuse(ctx, connection, 'COMPLETION_EXPIRED', facts) }
  }
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

const checkBrowser = (bound: boolean): SignInCheck =>
  check(
    'browser',
    'Same browser',
    bound,
    'the browser that started the sign-in',
    bound ? 'the same browser' : 'another browser, or one that keeps no cookies',
  )

async function complete(
  ctx: RequestContext,
  tx: Tx,
  seen: SamlConnectionRow,
  request: AuthnRequestRow,
  verified: VerifiedSignIn,
): Promise<Outcome> {
  const { identity, checks } = verified
  const facts = { checks, email: identity.email, test: testOf(request) }
  const now = ctx.clock.now()
  const strength = seen.verifiedAt === null || seen.idpEntityId === null ? 'update' : 'share'
  const connection = await lockSamlConnection(tx, seen.organizationId, seen.id, strength)
  // Between the two halves somebody may have disabled the connection or changed whom it trusts.
  if (connection === null || (!connection.enabled && request.testId === null)) {
    return { refusal: await recordRefusal(ctx, tx, seen, 'CONNECTION_DISABLED', facts) }
  }
  if (!stillTrusts(connection, verified)) {
    const reason = request.testId === null ? 'COMPLETION_EXPIRED' : 'TEST_OUTDATED'
    return { refusal: await recordRefusal(ctx, tx, connection, reason, facts) }
  }
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
  const { id: requestId, testId } = request
  if (testId !== null) return completeTestSignIn(ctx, tx, connection, { testId, requestId }, verified)
  const resolved = await resolveUser(ctx, tx, connection, identity)
  if ('existing' in resolved) return askToLink(ctx, tx, connection, request, verified, resolved.existing)
  return admitMember(ctx, tx, { connection, user: resolved.user, returnPath: request.returnPath, verified })
}
