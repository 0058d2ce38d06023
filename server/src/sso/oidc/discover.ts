import { isLoopbackHost } from '../../core/loopback.ts'
import { shorten } from '../protocol/sign-in-check.ts'
import { type IdpFetch, IdpNotReached } from './idp-fetch.ts'

/** What of an identity provider's discovery document is used here (OpenID Connect Discovery 3). */
export type Provider = {
  /** As the document names it; with or without a slash at its end. */
  issuer: string
  authorizationEndpoint: string
  tokenEndpoint: string
  jwksUri: string
  userinfoEndpoint: string | null
  /** How we may prove who we are at the token endpoint; null: as if only client_secret_basic (Discovery 3). */
  tokenAuthMethods: string[] | null
  signingAlgorithms: string[]
  /** It knows the scope `groups`, as Okta does; others refuse what they do not know, as Entra does. */
  offersGroups: boolean
  /** It promises to name itself in each answer (RFC 9207 3). */
  namesIssuerInAnswer: boolean
}

export type DiscoveryProblemReason = 'DISCOVERY_NOT_FETCHED' | 'NOT_A_DISCOVERY_DOCUMENT' | 'OTHER_ISSUER'

/** Why an issuer cannot be used: `message` is for owners. */
export class DiscoveryProblem extends Error {
  readonly reason: DiscoveryProblemReason

  constructor(reason: DiscoveryProblemReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** Signed with the identity provider's private key, and with nothing that we know, too. */
export const allowedAlgorithms: readonly string[] = ['RS256', 'PS256', 'ES256']

const withoutSlash = (issuer: string): string => issuer.replace(/\/$/, '')

/** Where the document is (Discovery 4.1). */
export const discoveryUrl = (issuer: string): string => `${withoutSlash(issuer)}/.well-known/openid-configuration`

function parse(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 2000

/** https, or http on this machine: whether this machine may be asked at all, the fetch decides. */
function isEndpoint(value: unknown): value is string {
  const url = isText(value) && URL.canParse(value) ? new URL(value) : null
  if (url === null || url.hash !== '' || url.username !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
}

const texts = (value: unknown): string[] | null =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : null

/** What a discovery document says, for whoever expects that issuer. @throws DiscoveryProblem */
export function readDiscovery(issuer: string, document: Record<string, unknown>): Provider {
  const named = document['issuer']
  if (!isText(named)) throw notOne('it names no issuer')
  // Discovery 4.3: exactly the issuer that was asked; of the slash at its end, which changes no address, ours gives way.
  if (withoutSlash(named) !== withoutSlash(issuer)) {
    throw new DiscoveryProblem(
      'OTHER_ISSUER',
      `The discovery document of ${issuer} says that its issuer is ${shorten(named, 200)}. Enter that one, if it is meant.`,
    )
  }
  const endpoint = (name: string): string => {
    const value = document[name]
    if (!isEndpoint(value)) throw notOne(`its ${name} is missing, or not an https address`)
    return value
  }
  const types = texts(document['response_types_supported'])
  if (types !== null && !types.includes('code')) throw notOne('it does not offer the authorization code flow')
  const algorithms = texts(document['id_token_signing_alg_values_supported']) ?? []
  const signingAlgorithms = allowedAlgorithms.filter((known) => algorithms.length === 0 || algorithms.includes(known))
  if (signingAlgorithms.length === 0) throw notOne(`it signs with none of ${allowedAlgorithms.join(', ')}`)
  return {
    issuer: named,
    authorizationEndpoint: endpoint('authorization_endpoint'),
    tokenEndpoint: endpoint('token_endpoint'),
    jwksUri: endpoint('jwks_uri'),
    userinfoEndpoint: document['userinfo_endpoint'] === undefined ? null : endpoint('userinfo_endpoint'),
    tokenAuthMethods: texts(document['token_endpoint_auth_methods_supported']),
    signingAlgorithms,
    offersGroups: texts(document['scopes_supported'])?.includes('groups') ?? false,
    namesIssuerInAnswer: document['authorization_response_iss_parameter_supported'] === true,
  }
}

const notOne = (why: string): DiscoveryProblem =>
  new DiscoveryProblem('NOT_A_DISCOVERY_DOCUMENT', `The discovery document cannot be used: ${why}.`)

/** Reads the discovery document of an issuer. @throws DiscoveryProblem */
export async function discover(issuer: string, fetch: IdpFetch): Promise<Provider> {
  const url = discoveryUrl(issuer)
  const notFetched = (why: string) => new DiscoveryProblem('DISCOVERY_NOT_FETCHED', `${url} could not be read. ${why}`)
  try {
    const { status, body } = await fetch(url, { method: 'GET', headers: { accept: 'application/json' } })
    if (status !== 200) throw notFetched(`It answered with status ${status}, where 200 was expected.`)
    const document = parse(body)
    if (document === null) throw notOne(`${url} is not JSON`)
    return readDiscovery(issuer, document)
  } catch (error) {
    if (error instanceof IdpNotReached) throw notFetched(error.message)
    throw error
  }
}
