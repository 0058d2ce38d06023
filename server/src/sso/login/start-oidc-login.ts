import type { RequestContext } from '../../access/request-context.ts'
import { plus, seconds } from '../../core/clock.ts'
import { randomSecret, sha256 } from '../../core/secrets.ts'
import { askIdp } from '../ask-idp.ts'
import { DiscoveryProblem } from '../oidc/discover.ts'
import { findProvider, type KnownProvider } from '../oidc/known-provider.ts'
import { initiatorsOf } from '../oidc/okta-domain.ts'
import { authorizationUrl } from '../oidc/openid-client.ts'
import { relyingPartyUrls } from '../oidc/relying-party.ts'
import { check } from '../protocol/sign-in-check.ts'
import { listRoleRules } from '../roles/role-mapping.store.ts'
import type { OidcConnectionRow } from '../sso-connection.store.ts'
import { insertOidcRequest } from './oidc-request.store.ts'
import { bindBrowser, requestLifetimeSeconds } from './request-cookie.ts'
import { safeReturnPath } from './return-path.ts'
import { type AttemptFacts, refuse } from './sign-in-refusal.ts'
import type { LoginQuery, LoginStart, Started } from './start-login.ts'

/** A path of ours, from a whole address of ours or a path; else the first page (Core 4: no open redirector). */
function returnPathOf({ returnTo, target_link_uri: target }: LoginQuery, publicUrl: string): string {
  if (returnTo !== undefined || typeof target !== 'string') return safeReturnPath(returnTo, publicUrl)
  return safeReturnPath(target.startsWith(`${publicUrl}/`) ? target.slice(publicUrl.length) : target, publicUrl)
}

/** What to fill in over there: passed on as it is when it may be an address or a name. */
const loginHintOf = ({ login_hint: hint }: LoginQuery): string | null =>
  typeof hint === 'string' && hint !== '' && hint.length <= 320 && !/\p{Cc}/u.test(hint) ? hint : null

/**
 * Sends the browser to the identity provider with an authentication request (Core 3.1.2.1). It may have been led here
 * by the identity provider (Core 4), whose word starts a sign-in of ours and answers none: whatever else the address
 * says is not looked at.
 */
export async function startOidcLogin(
  ctx: RequestContext,
  connection: OidcConnectionRow,
  { query, test }: LoginStart,
): Promise<Started> {
  const { id: connectionId, issuer, clientId } = connection
  const facts: AttemptFacts = { checks: [], test: test && { testId: test.id, requestId: null } }
  const initiators = initiatorsOf(connection)
  if (query.iss !== undefined && !initiators.includes(String(query.iss))) {
    facts.checks.push(check('initiator', 'Started by', false, initiators.join(', or '), String(query.iss)))
    return { refusal: await refuse(ctx, connection, 'INITIATOR_MISMATCH', facts) }
  }
  const now = ctx.clock.now()
  const found = await providerOf(ctx, issuer)
  if ('problem' in found) {
    facts.checks.push(check('discovery', 'Discovery document', false, issuer, found.problem))
    return { refusal: await refuse(ctx, connection, 'DISCOVERY_FAILED', facts) }
  }
  const [state, nonce, codeVerifier] = [randomSecret(), randomSecret(), randomSecret()]
  await insertOidcRequest(ctx.db, {
    id: sha256(state),
    connectionId,
    browserBindingHash: bindBrowser(ctx),
    nonce,
    codeVerifier,
    returnPath: returnPathOf(query, ctx.publicUrl),
    createdAt: now,
    expiresAt: plus(now, seconds(requestLifetimeSeconds)),
    consumedAt: null,
    testId: test?.id ?? null,
  })
  const { redirectUri } = relyingPartyUrls(ctx.publicUrl, connectionId)
  const loginHint = loginHintOf(query)
  const { provider } = found.known
  // Groups are asked for where a rule may need them, and nowhere else.
  const groups = provider.offersGroups && (await listRoleRules(ctx.db, connectionId)).length > 0
  const request = { clientId, redirectUri, state, nonce, codeVerifier, loginHint, groups }
  return { redirectUrl: await authorizationUrl(provider, request) }
}

/** The identity provider as it describes itself, and as the connection knows it; or why not, in a sentence. */
export async function providerOf(
  ctx: RequestContext,
  issuer: string,
): Promise<{ known: KnownProvider } | { problem: string }> {
  try {
    const known = await findProvider(issuer, { fetch: askIdp(ctx), now: ctx.clock.now() })
    if (known.provider.issuer === issuer) return { known }
    return { problem: `it names the issuer ${known.provider.issuer}` }
  } catch (error) {
    if (error instanceof DiscoveryProblem) return { problem: error.message }
    throw error
  }
}
