import type { RequestContext } from '../../access/request-context.ts'
import { plus, seconds } from '../../core/clock.ts'
import { randomSecret, sha256 } from '../../core/secrets.ts'
import { type Identity, readIdentity } from '../saml/read-identity.ts'
import type { SignInFailureReason } from '../saml/saml-failure.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { check, type SignInCheck } from '../saml/sign-in-check.ts'
import { type Assertion, defaultClockSkewSeconds, verifyResponse } from '../saml/verify-response.ts'
import { trustedCertificates } from '../saml-connection-view.ts'
import { findSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { adviseOnRotation } from './advise-on-rotation.ts'
import { type AttemptFacts, type Refusal, refuse } from './sign-in-refusal.ts'
import { findAuthnRequest, insertCompletion } from './sign-in-state.store.ts'

/** The verified facts of a response, and nothing of the message they came in. */
export type VerifiedSignIn = {
  requestId: string
  /** What the connection trusted when it was verified. */
  trust: string
  issuer: string
  /** SHA-256 of issuer and assertion ID. */
  assertionHash: string
  /** ISO 8601: until then the assertion must not count again. */
  assertionExpiresAt: string
  sessionNotOnOrAfter: string | null
  identity: Identity
  checks: SignInCheck[]
}

/** Changes when somebody changes whom the connection trusts, or as whom. */
export const trustOf = (connection: SamlConnectionRow): string =>
  sha256(JSON.stringify([connection.spEntityId, connection.idpCertificates]))

const completionLifetime = seconds(60)

type Step<T> = { ok: true; value: T } | { ok: false; reason: SignInFailureReason; facts: AttemptFacts }

/** The message itself: signature, names, times, subject. What accepts is read from the signed assertion only. */
function readMessage(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  samlResponse: string,
): Step<{ assertion: Assertion; identity: Identity; checks: SignInCheck[] }> {
  const { spEntityId, idpEntityId } = connection
  const trust = {
    spEntityId,
    idpEntityId,
    acsUrl: serviceProviderUrls(ctx.publicUrl, connection.id).acsUrl,
    certificates: trustedCertificates(connection),
    clockSkewSeconds: defaultClockSkewSeconds,
  }
  const outcome = verifyResponse({ samlResponse, trust, now: ctx.clock.now() })
  if (!outcome.ok) {
    const { reason, checks, advice } = outcome
    return { ok: false, reason, facts: { checks, advice } }
  }
  const read = readIdentity(outcome.assertion)
  const checks = [...outcome.checks, ...read.checks]
  if (!read.ok) return { ok: false, reason: read.reason, facts: { checks } }
  return { ok: true, value: { assertion: outcome.assertion, identity: read.identity, checks } }
}

/** To an owner a rotated key looks like an attack, until somebody says what it is. */
async function withRotationAdvice(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  samlResponse: string,
  { reason, facts }: { reason: SignInFailureReason; facts: AttemptFacts },
): Promise<AttemptFacts> {
  if (reason !== 'SIGNATURE_INVALID') return facts
  const advice = await adviseOnRotation(ctx, connection, (idpCertificates) => {
    const again = readMessage(ctx, { ...connection, idpCertificates }, samlResponse)
    return again.ok ? again.value : again.facts
  })
  return advice === null ? facts : { ...facts, advice }
}

/** The question that the message answers: ours, of this connection, still open (Profiles 4.1.4.3). */
async function findOpenRequest(
  ctx: RequestContext,
  connectionId: string,
  inResponseTo: string | null,
): Promise<{ refusal: SignInFailureReason | null; checks: SignInCheck[] }> {
  const title = 'Answers a request of ours'
  const expected = 'an open request of this connection'
  const refused = (refusal: SignInFailureReason, actual: string) => ({
    refusal,
    checks: [check('request', title, false, expected, actual)],
  })
  if (inResponseTo === null) return refused('IDP_INITIATED_NOT_ALLOWED', 'no request: started by the identity provider')
  const request = await findAuthnRequest(ctx.db, connectionId, inResponseTo)
  if (request === null) return refused('REQUEST_UNKNOWN', `${inResponseTo}, which we did not send or have forgotten`)
  if (request.consumedAt !== null) return refused('REQUEST_USED', 'a request that was answered already')
  if (request.expiresAt <= ctx.clock.now()) {
    return refused('REQUEST_EXPIRED', `a request that expired at ${request.expiresAt.toISOString()}`)
  }
  return { refusal: null, checks: [check('request', title, true, expected, inResponseTo)] }
}

/**
 * The assertion consumer service: what the identity provider's page posts here, from another site and so without our
 * cookies. Everything about the message is decided here. The browser is told to come back with a one-time token, and
 * completeLogin() decides about the browser.
 */
export async function receiveResponse(
  ctx: RequestContext,
  connectionId: string,
  samlResponse: unknown,
): Promise<{ completionToken: string } | { refusal: Refusal }> {
  await ctx.limits.consume('acsByAddress', ctx.ipAddress ?? 'unknown')
  const connection = await findSamlConnection(ctx.db, connectionId)
  if (connection === null) {
    return { refusal: { reason: 'CONNECTION_NOT_FOUND', reference: ctx.requestId, connectionId: null } }
  }
  await ctx.limits.consume('acsByConnection', connection.id)
  const step = await verify(ctx, connection, samlResponse)
  if (!step.ok) return { refusal: await refuse(ctx, connection, step.reason, step.facts) }
  const now = ctx.clock.now()
  const completionToken = randomSecret()
  await insertCompletion(ctx.db, {
    tokenHash: sha256(completionToken),
    connectionId,
    verified: step.value,
    createdAt: now,
    expiresAt: plus(now, completionLifetime),
  })
  return { completionToken }
}

async function verify(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  samlResponse: unknown,
): Promise<Step<VerifiedSignIn>> {
  if (!connection.enabled) return { ok: false, reason: 'CONNECTION_DISABLED', facts: { checks: [] } }
  if (typeof samlResponse !== 'string' || samlResponse === '') {
    return { ok: false, reason: 'RESPONSE_MISSING', facts: { checks: [] } }
  }
  const message = readMessage(ctx, connection, samlResponse)
  if (!message.ok) return { ...message, facts: await withRotationAdvice(ctx, connection, samlResponse, message) }
  const { assertion, identity } = message.value
  const request = await findOpenRequest(ctx, connection.id, assertion.inResponseTo)
  const checks = [...message.value.checks, ...request.checks]
  if (request.refusal !== null || assertion.inResponseTo === null) {
    const reason = request.refusal ?? 'IDP_INITIATED_NOT_ALLOWED'
    return { ok: false, reason, facts: { checks, email: identity.email } }
  }
  const skew = seconds(defaultClockSkewSeconds)
  const value = {
    requestId: assertion.inResponseTo,
    trust: trustOf(connection),
    issuer: assertion.issuer,
    assertionHash: sha256(`${assertion.issuer}|${assertion.id}`),
    assertionExpiresAt: plus(assertion.notOnOrAfter, skew).toISOString(),
    sessionNotOnOrAfter: assertion.sessionNotOnOrAfter?.toISOString() ?? null,
    identity,
    checks,
  }
  return { ok: true, value }
}
