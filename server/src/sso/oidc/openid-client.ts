import * as library from 'openid-client'
import { systemClock } from '../../core/clock.ts'
import type { Provider } from './discover.ts'
import { type IdpAnswer, type IdpFetch, IdpNotReached } from './idp-fetch.ts'
import type { KnownProvider } from './known-provider.ts'
import { askForKeys, mayAskForKeys } from './published-keys.ts'

/** How much the clocks of an identity provider and of this server may differ, as with SAML. */
export const clockSkewSeconds = 180

/** The library's own, in seconds. */
const askedAgainAfter = 60

export type Client = { clientId: string; clientSecret: string; redirectUri: string }

type AuthMethod = 'client_secret_basic' | 'client_secret_post'

/** What an answer of the identity provider was, for whoever has to say why it was not taken. */
export type Asked = { url: string; answer: IdpAnswer | null; problem: string | null }

export type Conversation = { config: library.Configuration; asked: Asked[] }

/**
 * RFC 6749 2.3.1. Letters, digits and `-._*` stand for themselves in this encoding, so that servers that forget to
 * decode understand the usual names and secrets, too.
 */
const basic =
  ({ clientId, clientSecret }: Client): library.ClientAuth =>
  (_server, _client, _body, headers) => {
    const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)
    const credentials = Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64')
    headers.set('authorization', `Basic ${credentials}`)
  }

/** The ways that the identity provider offers, the first one to be tried first (Discovery 3: basic when it says nothing). */
export const authMethods = ({ tokenAuthMethods }: Provider): AuthMethod[] => {
  const ours = ['client_secret_basic', 'client_secret_post'] as const
  const offered = ours.filter((method) => tokenAuthMethods === null || tokenAuthMethods.includes(method))
  return offered.length === 0 ? ['client_secret_basic'] : [...offered]
}

const text = (body: library.FetchBody): string | undefined => {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new Error('openid-client sends a body of another kind than it used to')
}

/**
 * The library, set up for one exchange with one identity provider: our clock, our fetch, our keys, the ID token's
 * signature verified (which in the code flow it leaves out unless it is told), and no algorithm but those allowed.
 */
export function converse(
  known: KnownProvider,
  client: Client,
  { fetch, now, method }: { fetch: IdpFetch; now: Date; method: AuthMethod },
): Conversation {
  const { provider, keys } = known
  const { issuer, authorizationEndpoint, tokenEndpoint, jwksUri, userinfoEndpoint, signingAlgorithms } = provider
  const server: library.ServerMetadata = {
    issuer,
    authorization_endpoint: authorizationEndpoint,
    token_endpoint: tokenEndpoint,
    jwks_uri: jwksUri,
    ...(userinfoEndpoint !== null && { userinfo_endpoint: userinfoEndpoint }),
    id_token_signing_alg_values_supported: signingAlgorithms,
    authorization_response_iss_parameter_supported: provider.namesIssuerInAnswer,
  }
  const systemNow = systemClock.now().getTime()
  const metadata = {
    client_secret: client.clientSecret,
    [library.clockSkew]: Math.round((now.getTime() - systemNow) / 1000),
    [library.clockTolerance]: clockSkewSeconds,
  }
  const auth = method === 'client_secret_basic' ? basic(client) : library.ClientSecretPost(client.clientSecret)
  const config = new library.Configuration(server, client.clientId, metadata, auth)
  library.enableNonRepudiationChecks(config)
  // Which addresses may be asked, and over what, is the fetch's to decide.
  library.allowInsecureRequests(config)
  if (keys !== null) {
    const since = Math.floor((now.getTime() - keys.fetchedAt.getTime()) / 1000)
    // The library asks again for keys that are a minute old when a token names an unknown one.
    const age = mayAskForKeys(known, now) ? Math.max(since, askedAgainAfter) : since
    library.setJwksCache(config, { jwks: keys.jwks, uat: Math.floor(systemNow / 1000) - age })
  }
  const asked: Asked[] = []
  config[library.customFetch] = async (url, options) => {
    const one: Asked = { url, answer: null, problem: null }
    asked.push(one)
    const body = text(options.body)
    try {
      const request = { method: options.method, headers: options.headers, ...(body !== undefined && { body }) }
      const ask = () => fetch(url, request)
      one.answer = await (url === jwksUri ? askForKeys(known, { before: keys, now, ask }) : ask())
    } catch (error) {
      if (error instanceof IdpNotReached) one.problem = error.message
      throw error
    }
    const { status, headers, body: answered } = one.answer
    return new Response(status === 204 ? null : answered, { status, headers })
  }
  return { config, asked }
}

/** The address that the browser is sent to (Core 3.1.2.1), with PKCE (RFC 7636), state and nonce. */
export async function authorizationUrl(
  provider: Provider,
  request: {
    clientId: string
    redirectUri: string
    state: string
    nonce: string
    codeVerifier: string
    loginHint: string | null
    /** Ask for the person's groups as well. */
    groups: boolean
  },
): Promise<string> {
  const server = { issuer: provider.issuer, authorization_endpoint: provider.authorizationEndpoint }
  const config = new library.Configuration(server, request.clientId)
  library.allowInsecureRequests(config)
  const url = library.buildAuthorizationUrl(config, {
    redirect_uri: request.redirectUri,
    scope: request.groups ? 'openid profile email groups' : 'openid profile email',
    state: request.state,
    nonce: request.nonce,
    code_challenge: await library.calculatePKCECodeChallenge(request.codeVerifier),
    code_challenge_method: 'S256',
    ...(request.loginHint !== null && { login_hint: request.loginHint }),
  })
  return url.href
}

export type Tokens = Awaited<ReturnType<typeof library.authorizationCodeGrant>>

/** The code for tokens, with every check that the library makes. @throws what the library throws */
export const redeem = (
  { config }: Conversation,
  callback: { url: URL; state: string; nonce: string; codeVerifier: string },
): Promise<Tokens> =>
  library.authorizationCodeGrant(config, callback.url, {
    expectedState: callback.state,
    expectedNonce: callback.nonce,
    pkceCodeVerifier: callback.codeVerifier,
    idTokenExpected: true,
  })

/** What userinfo says of this subject and of nobody else (Core 5.3.2). @throws what the library throws */
export const askUserinfo = ({ config }: Conversation, accessToken: string, subject: string) =>
  library.fetchUserInfo(config, accessToken, subject)

/** The server's own error (RFC 6749 5.2), in the words that may be shown; null when it is another problem. */
export function serverError(error: unknown): { error: string; description: string | null } | null {
  if (!(error instanceof library.ResponseBodyError)) return null
  return { error: error.error, description: error.error_description ?? null }
}

/** The library's code for a problem, such as OAUTH_JWT_CLAIM_COMPARISON_FAILED, and its own words. */
export function problemOf(error: unknown): { code: string; words: string } {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return { code, words: cause instanceof Error ? cause.message : 'something went wrong' }
}
