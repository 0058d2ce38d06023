import type { RequestContext } from '../../access/request-context.ts'
import { plus, seconds } from '../../core/clock.ts'
import { randomSecret, sha256 } from '../../core/secrets.ts'
import type { AssertedAttribute } from '../../db/schema/sign-in-attempts.ts'
import { missingSettings } from '../missing-settings.ts'
import type { Identity } from '../protocol/identity.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { assertedAttributes } from '../saml/asserted-attributes.ts'
import type { Decryption } from '../saml/decrypt-element.ts'
import type { SignedClaims } from '../saml/read-assertion.ts'
import { readIdentity } from '../saml/read-identity.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { type Assertion, defaultClockSkewSeconds, verifyResponse } from '../saml/verify-response.ts'
import { trustedCertificates } from '../saml-connection-view.ts'
import { findSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { findAnsweredTest } from '../sso-test/find-answered-test.ts'
import { adviseOnRotation } from './advise-on-rotation.ts'
import { prepareDecryption } from './decryption.ts'
import { checkFreshAuthn, unaskedAdvice } from './fresh-authn.ts'
import { type AttemptFacts, type Refusal, refuse, type TestRequest } from './sign-in-refusal.ts'
import { findAuthnRequest, insertCompletion } from './sign-in-state.store.ts'
import { trustOf, type VerifiedSignIn } from './verified-sign-in.ts'

/** The verified facts of a response. */
export type SamlSignIn = VerifiedSignIn & {
  /** SHA-256 of issuer and assertion ID. */
  assertionHash: string
  /** ISO 8601: until then the assertion must not count again. */
  assertionExpiresAt: string
}

const completionLifetime = seconds(60)

type Step<T> = { ok: true; value: T } | { ok: false; reason: SignInFailureReason; facts: AttemptFacts }

/** The message itself: signature, names, times, subject. What accepts is read from the signed assertion only. */
function readMessage(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  samlResponse: string,
  decryption: Decryption,
): Step<{ assertion: Assertion; identity: Identity; checks: SignInCheck[]; attributes: AssertedAttribute[] }> {
  const { spEntityId, idpEntityId } = connection
  const trust = {
    spEntityId,
    idpEntityId,
    acsUrl: serviceProviderUrls(ctx.publicUrl, connection.id).acsUrl,
    certificates: trustedCertificates(connection),
    decryption,
    clockSkewSeconds: defaultClockSkewSeconds,
    requestedAuthnContext: connection.requestedAuthnContext,
  }
  const outcome = verifyResponse({ samlResponse, trust, now: ctx.clock.now() })
  if (!outcome.ok) {
    const { reason, checks, advice, signed } = outcome
    if (signed === null) return { ok: false, reason, facts: { checks, advice } }
    // Refused, but not unknown: the owner sees whom the identity provider meant.
    const { read, attributes } = readWho(signed, connection)
    return { ok: false, reason, facts: { checks: [...checks, ...read.checks], advice, email: read.email, attributes } }
  }
  const { read, attributes } = readWho(outcome.assertion, connection)
  const checks = [...outcome.checks, ...read.checks]
  if (!read.ok) return { ok: false, reason: read.reason, facts: { checks, email: read.email, attributes } }
  return { ok: true, value: { assertion: outcome.assertion, identity: read.identity, checks, attributes } }
}

function readWho(claims: SignedClaims, { attributeMapping }: SamlConnectionRow) {
  const read = readIdentity(claims, attributeMapping)
  return { read, attributes: assertedAttributes(claims, read.sources) }
}

/** To an owner a rotated key looks like an attack, until somebody says what it is. */
async function withRotationAdvice(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  read: (trusting: SamlConnectionRow) => ReturnType<typeof readMessage>,
  { reason, facts }: { reason: SignInFailureReason; facts: AttemptFacts },
): Promise<AttemptFacts> {
  if (reason !== 'SIGNATURE_INVALID') return facts
  const advice = await adviseOnRotation(ctx, connection, (idpCertificates) => {
    const again = read({ ...connection, idpCertificates })
    return again.ok ? again.value : again.facts
  })
  return advice === null ? facts : { ...facts, advice }
}

/** The question that the message answers: ours, of this connection, still open (Profiles 4.1.4.3). */
async function findOpenRequest(
  ctx: RequestContext,
  { id: connectionId, allowIdpInitiated }: SamlConnectionRow,
  inResponseTo: string | null,
): Promise<{ refusal: SignInFailureReason | null; checks: SignInCheck[]; sentAt: Date | null }> {
  const title = 'Answers a request of ours'
  const expected = allowIdpInitiated
    ? 'an open request of this connection; or none, since it takes sign-ins that start at the identity provider'
    : 'an open request of this connection'
  const refused = (refusal: SignInFailureReason, actual: string) => ({
    refusal,
    checks: [check('request', title, false, expected, actual)],
    sentAt: null,
  })
  if (inResponseTo === null) {
    const actual = 'no request: started by the identity provider'
    if (!allowIdpInitiated) return refused('IDP_INITIATED_NOT_ALLOWED', actual)
    return { refusal: null, checks: [check('request', title, true, expected, actual)], sentAt: null }
  }
  const request = await findAuthnRequest(ctx.db, connectionId, inResponseTo)
  if (request === null) return refused('REQUEST_UNKNOWN', `${inResponseTo}, which we did not send or have forgotten`)
  if (request.consumedAt !== null) return refused('REQUEST_USED', 'a request that was answered already')
  if (request.expiresAt <= ctx.clock.now()) {
    return refused('REQUEST_EXPIRED', `a request that expired at ${request.expiresAt.toISOString()}`)
  }
  return { refusal: null, checks: [check('request', title, true, expected, inResponseTo)], sentAt: request.createdAt }
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
  const address = ctx.ipAddress ?? 'unknown'
  await ctx.limits.check('acsRefusedByAddress', address)
  const connection = await findSamlConnection(ctx.db, connectionId)
  if (connection === null) {
    await ctx.limits.consume('acsRefusedByAddress', address)
    return { refusal: { reason: 'CONNECTION_NOT_FOUND', reference: ctx.requestId, connectionId: null } }
  }
  const test = await findAnsweredTest(ctx, connection.id, samlResponse)
  const step = await verify(ctx, connection, samlResponse, test)
  if (!step.ok) {
    await ctx.limits.consume('acsRefusedByAddress', address)
    return { refusal: await refuse(ctx, connection, step.reason, { ...step.facts, test }) }
  }
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
  test: TestRequest | null,
): Promise<Step<SamlSignIn>> {
  // completeLogin() knows for sure whether it is a test.
  if (!connection.enabled && test === null) return { ok: false, reason: 'CONNECTION_DISABLED', facts: { checks: [] } }
  if (missingSettings(connection).length > 0)
    return { ok: false, reason: 'CONNECTION_INCOMPLETE', facts: { checks: [] } }
  if (typeof samlResponse !== 'string' || samlResponse === '') {
    return { ok: false, reason: 'RESPONSE_MISSING', facts: { checks: [] } }
  }
  const prepared = await prepareDecryption(ctx, connection, samlResponse)
  if ('reason' in prepared) return { ok: false, reason: prepared.reason, facts: { checks: prepared.checks } }
  const read = (trusting: SamlConnectionRow) => readMessage(ctx, trusting, samlResponse, prepared.decryption)
  const message = read(connection)
  if (!message.ok) return { ...message, facts: await withRotationAdvice(ctx, connection, read, message) }
  const { assertion, identity, attributes } = message.value
  const request = await findOpenRequest(ctx, connection, assertion.inResponseTo)
  const checks = [...message.value.checks, ...request.checks]
  if (request.refusal !== null) {
    return { ok: false, reason: request.refusal, facts: { checks, email: identity.email, attributes } }
  }
  if (connection.forceAuthn) {
    const fresh = checkFreshAuthn(assertion.authnInstant, request.sentAt ?? ctx.clock.now())
    checks.push(fresh)
    const advice = request.sentAt === null ? unaskedAdvice : null
    const facts = { checks, advice, email: identity.email, attributes }
    if (!fresh.passed) return { ok: false, reason: 'AUTHN_TOO_OLD', facts }
  }
  const skew = seconds(defaultClockSkewSeconds)
  const value = {
    requestId: assertion.inResponseTo,
    trust: trustOf(connection),
    issuer: assertion.issuer,
    assertionHash: sha256(`${assertion.issuer}|${assertion.id}`),
    assertionExpiresAt: plus(assertion.notOnOrAfter, skew).toISOString(),
    sessionNotOnOrAfter: assertion.sessionNotOnOrAfter?.toISOString() ?? null,
    samlSubject: assertion.nameId && { nameId: assertion.nameId, sessionIndex: assertion.sessionIndex },
    identity,
    checks,
    attributes,
  }
  return { ok: true, value }
}
