import { type SignInCheck, shorten, Trace } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { checkIdToken } from './check-id-token.ts'
import { type DecodedIdToken, decodeIdToken, idTokenIn } from './id-token.ts'
import type { IdpFetch } from './idp-fetch.ts'
import type { KnownProvider } from './known-provider.ts'
import {
  authMethods,
  type Client,
  type Conversation,
  clockSkewSeconds,
  converse,
  problemOf,
  redeem,
  serverError,
  type Tokens,
} from './openid-client.ts'
import type { Claims } from './read-claims.ts'

export type Exchange = {
  known: KnownProvider
  client: Client
  /** The redirect URI with the answer's own parameters. */
  callback: URL
  state: string
  nonce: string
  codeVerifier: string
  fetch: IdpFetch
  now: Date
}

export type Redeemed = { checks: SignInCheck[] } & (
  | { ok: true; claims: Claims; accessToken: string; conversation: Conversation }
  | { ok: false; reason: SignInFailureReason }
)

type Attempt = { conversation: Conversation; tokens: Tokens | null; error: unknown }

async function attempt(exchange: Exchange, method: ReturnType<typeof authMethods>[number]): Promise<Attempt> {
  const { known, client, callback, state, nonce, codeVerifier, fetch, now } = exchange
  const conversation = converse(known, client, { fetch, now, method })
  try {
    const tokens = await redeem(conversation, { url: callback, state, nonce, codeVerifier })
    return { conversation, tokens, error: null }
  } catch (error) {
    return { conversation, tokens: null, error }
  }
}

/** As the client authenticates by the one way that the identity provider wants, when it offers both (RFC 6749 2.3.1). */
async function attemptAll(exchange: Exchange): Promise<Attempt> {
  const [first = 'client_secret_basic', second] = authMethods(exchange.known.provider)
  const tried = await attempt(exchange, first)
  const refused = serverError(tried.error)?.error === 'invalid_client'
  return refused && second !== undefined ? attempt(exchange, second) : tried
}

/**
 * The code for tokens (Core 3.1.3), and the ID token's verification. It is verified twice: by the library, which has
 * the say, and by checkIdToken(), which has it, too, and knows what to call what is wrong.
 */
export async function redeemCode(exchange: Exchange): Promise<Redeemed> {
  const { known, client, nonce, now } = exchange
  const { provider } = known
  const { conversation, tokens, error } = await attemptAll(exchange)
  const trace = new Trace()
  const refused = (): Redeemed => ({ ok: false, reason: trace.reason ?? 'ID_TOKEN_REFUSED', checks: trace.checks })

  const answered = conversation.asked.find(({ url }) => url === provider.tokenEndpoint)
  noteCode(trace, answered?.answer?.status ?? null, answered?.problem ?? null, error)
  if (trace.reason !== null) return refused()

  const token = idTokenIn(answered?.answer?.body ?? '')
  const decoded = token === null ? null : decodeIdToken(token)
  const read = decoded === null ? 'ID_TOKEN_MALFORMED' : null
  const what = token === null ? 'none' : read === null ? 'a signed token' : 'something else, perhaps an encrypted one'
  trace.add('idToken', 'ID token', read, 'a signed token', what)
  if (decoded === null) return refused()

  const { issuer, signingAlgorithms: algorithms } = provider
  const accessToken = tokens?.access_token ?? accessTokenIn(answered?.answer?.body ?? '')
  checkIdToken(trace, decoded, {
    issuer,
    clientId: client.clientId,
    nonce,
    algorithms,
    accessToken,
    now,
    clockSkewSeconds,
  })
  if (trace.reason !== null) return refused()
  noteSignature(trace, conversation, provider.jwksUri, decoded, error)
  const claims = tokens?.claims()
  if (trace.reason !== null || tokens === null || claims === undefined) return refused()
  return { ok: true, claims: { ...claims }, accessToken: tokens.access_token, conversation, checks: trace.checks }
}

const accessTokenIn = (body: string): string | null => {
  const found: unknown = JSON.parse(body)
  return typeof found === 'object' &&
    found !== null &&
    'access_token' in found &&
    typeof found.access_token === 'string'
    ? found.access_token
    : null
}

/** Whether the token endpoint took its code back, and if not, in which words. */
function noteCode(trace: Trace, status: number | null, problem: string | null, error: unknown): void {
  const expected = 'tokens from the token endpoint'
  const add = (reason: SignInFailureReason | null, actual: string) =>
    trace.add('code', 'Code taken back', reason, expected, actual)
  if (problem !== null) return add('TOKEN_REQUEST_FAILED', problem)
  const refusal = serverError(error)
  if (refusal !== null) {
    const words = [refusal.error, ...(refusal.description === null ? [] : [refusal.description])].join(': ')
    const reasons: Record<string, SignInFailureReason> = {
      invalid_client: 'CLIENT_REFUSED',
      invalid_grant: 'CODE_REFUSED',
    }
    return add(reasons[refusal.error] ?? 'TOKEN_REQUEST_FAILED', shorten(words))
  }
  if (status === null) return add('TOKEN_REQUEST_FAILED', problemOf(error).words)
  // Without a body of its own (RFC 6750 3), the status alone says it.
  if (status === 401) return add('CLIENT_REFUSED', 'status 401')
  if (status !== 200) return add('TOKEN_REQUEST_FAILED', `status ${status}`)
  add(null, 'tokens')
}

/** The claims are right; what the library refuses now is the signature, or a rule of its own. */
function noteSignature(
  trace: Trace,
  { asked }: Conversation,
  jwksUri: string,
  { header }: DecodedIdToken,
  error: unknown,
): void {
  const expected = 'made with a key that the identity provider publishes'
  const kid = typeof header['kid'] === 'string' ? `key ${header['kid']}` : 'a key without a name'
  if (error === null) {
    trace.add('signature', 'Signature', null, expected, `${String(header['alg'])}, ${kid}`)
    return
  }
  const { code, words } = problemOf(error)
  const unreachable = asked.find(({ url }) => url === jwksUri)?.problem ?? null
  if (unreachable !== null) {
    trace.add('signature', 'Signature', 'ID_TOKEN_SIGNATURE', expected, `${unreachable} Its keys are unknown.`)
  } else if (code === 'OAUTH_KEY_SELECTION_FAILED') {
    trace.add('signature', 'Signature', 'ID_TOKEN_SIGNATURE', expected, `${kid}, which it does not publish`)
  } else if (/signature|key/i.test(words)) {
    trace.add('signature', 'Signature', 'ID_TOKEN_SIGNATURE', expected, `${kid}: ${words}`)
  } else {
    trace.add('signature', 'Signature', 'ID_TOKEN_REFUSED', 'an ID token that follows OpenID Connect Core', words)
  }
}
