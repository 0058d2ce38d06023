import type { RequestContext } from '../../access/request-context.ts'
import { askIdp } from '../ask-idp.ts'
import { assertedClaims } from '../oidc/asserted-claims.ts'
import { completeClaims } from '../oidc/complete-claims.ts'
import type { Provider } from '../oidc/discover.ts'
import { readClaims } from '../oidc/read-claims.ts'
import { redeemCode } from '../oidc/redeem-code.ts'
import { relyingPartyUrls } from '../oidc/relying-party.ts'
import { openClientSecret } from '../oidc-secret.ts'
import { check, type SignInCheck, shorten } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { listRoleRules } from '../roles/role-mapping.store.ts'
import type { OidcConnectionRow } from '../sso-connection.store.ts'
import type { OidcRequestRow } from './oidc-request.store.ts'
import type { AttemptFacts } from './sign-in-refusal.ts'
import { providerOf } from './start-oidc-login.ts'
import { trustOf, type VerifiedSignIn } from './verified-sign-in.ts'

/** What the redirect URL was called with. */
export type CallbackQuery = Readonly<Record<string, unknown>>

type Step<T> = { ok: true; value: T } | { ok: false; reason: SignInFailureReason; facts: AttemptFacts }

/** The parameters that an answer has (Core 3.1.2.5, RFC 9207): each once, or the answer is none. */
type Answer = {
  code: string | null
  state: string
  iss: string | null
  error: string | null
  description: string | null
}

const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string'

/** Null for a parameter that came twice, or a call without a state. */
export function readAnswer({ code, state, iss, error, error_description: description }: CallbackQuery): Answer | null {
  if (typeof state !== 'string' || state === '' || state.length > 200) return null
  if (!isText(code) || !isText(iss) || !isText(error) || !isText(description)) return null
  const known = { code: code ?? null, iss: iss ?? null, error: error ?? null, description: description ?? null }
  return { state, ...known }
}

/** Whose answer it is, as far as it says (RFC 9207 2.4): before anything of it is used. */
function checkResponseIssuer({ iss }: Answer, issuer: string, provider: Provider | null): SignInCheck | null {
  const promised = provider?.namesIssuerInAnswer ?? false
  if (iss === null && !promised) return null
  return check('responseIssuer', 'Issuer of the answer', iss === issuer, issuer, iss ?? 'none, where one is promised')
}

function checkAnswer({ code, error, description }: Answer): { reason: SignInFailureReason | null; row: SignInCheck } {
  const expected = 'an authorization code'
  if (error !== null) {
    const words = description === null ? error : `${error}: ${description}`
    return { reason: 'AUTHORIZATION_REFUSED', row: check('answer', 'Answer', false, expected, shorten(words)) }
  }
  if (code === null || code === '' || code.length > 4096) {
    return { reason: 'CALLBACK_MALFORMED', row: check('answer', 'Answer', false, expected, 'none') }
  }
  return { reason: null, row: check('answer', 'Answer', true, expected, 'a code') }
}

/**
 * Everything about the answer itself: whose it is, what the code brings, whether the ID token holds, who it is about.
 * The request was spent before. @param checks those that were made already
 */
export async function verifyCallback(
  ctx: RequestContext,
  connection: OidcConnectionRow,
  { request, answer, checks }: { request: OidcRequestRow; answer: Answer; checks: SignInCheck[] },
): Promise<Step<VerifiedSignIn>> {
  const { issuer, clientId, attributeMapping } = connection
  const refused = (reason: SignInFailureReason, more: Partial<AttemptFacts> = {}) =>
    ({ ok: false, reason, facts: { checks, ...more } }) as const
  const wrongIssuer = checkResponseIssuer(answer, issuer, null)
  if (wrongIssuer?.passed === false) {
    checks.push(wrongIssuer)
    return refused('RESPONSE_ISSUER_MISMATCH')
  }
  const found = await providerOf(ctx, issuer)
  const described = 'problem' in found ? found.problem : issuer
  const named = checkResponseIssuer(answer, issuer, 'problem' in found ? null : found.known.provider)
  if (named !== null) checks.push(named)
  if (named?.passed === false) return refused('RESPONSE_ISSUER_MISMATCH')
  checks.push(check('discovery', 'Discovery document', !('problem' in found), issuer, described))
  if ('problem' in found) return refused('DISCOVERY_FAILED')
  const { reason, row } = checkAnswer(answer)
  checks.push(row)
  if (reason !== null) return refused(reason)

  const { redirectUri } = relyingPartyUrls(ctx.publicUrl, connection.id)
  const callback = new URL(redirectUri)
  callback.searchParams.set('code', answer.code ?? '')
  callback.searchParams.set('state', answer.state)
  if (answer.iss !== null) callback.searchParams.set('iss', answer.iss)
  const client = { clientId, clientSecret: openClientSecret(ctx, connection), redirectUri }
  const { nonce, codeVerifier } = request
  const exchange = { known: found.known, client, callback, state: answer.state, nonce, codeVerifier }
  const redeemed = await redeemCode({ ...exchange, fetch: askIdp(ctx), now: ctx.clock.now() })
  checks.push(...redeemed.checks)
  if (!redeemed.ok) return refused(redeemed.reason)

  const { provider } = found.known
  const wanted = (await listRoleRules(ctx.db, connection.id)).map(({ attribute }) => attribute)
  const completed = await completeClaims(redeemed.claims, attributeMapping, { provider, wanted, ...redeemed })
  checks.push(...completed.checks)
  if (!completed.ok) return refused(completed.reason)
  const read = readClaims(completed.claims, attributeMapping)
  const attributes = assertedClaims(completed.claims, read.sources)
  checks.push(...read.checks)
  if (!read.ok) return refused(read.reason, { advice: read.advice, email: read.email, attributes })
  const value = {
    requestId: request.id,
    trust: trustOf(connection),
    issuer: provider.issuer,
    sessionNotOnOrAfter: null,
    samlSubject: null,
    identity: read.identity,
    checks,
    attributes,
  }
  return { ok: true, value }
}
