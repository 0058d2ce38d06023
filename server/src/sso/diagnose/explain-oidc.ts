import { allowedAlgorithms, DiscoveryProblem, readDiscovery } from '../oidc/discover.ts'
import { check, type SignInCheck, shorten } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { type Diagnosis, diagnosis, type LookingOidc, placeOf, sideOf } from './diagnosis.ts'
import type { OidcError } from './find-oidc-message.ts'

const refusedByPolicy = 'The identity provider did not let the member in, or they declined.'
const wantsToAsk = 'The identity provider wants to ask the member something, and was told not to.'
const itsOwn = 'Something is wrong at the identity provider itself. Try again in a while.'
const noFlow = 'The application over there does not allow the authorization code flow.'

/** What a code means, and the refusal of ours that is mended at the same place. */
const hints: Record<string, [hint: string, like: SignInFailureReason | null]> = {
  access_denied: [
    `${refusedByPolicy} Usually they are not assigned to the application, or a policy refused.`,
    'AUTHORIZATION_REFUSED',
  ],
  consent_required: [wantsToAsk, null],
  interaction_required: [wantsToAsk, null],
  login_required: [wantsToAsk, null],
  account_selection_required: [wantsToAsk, null],
  invalid_client: ['The identity provider does not know this Client ID with this Client Secret.', 'CLIENT_REFUSED'],
  invalid_grant: ['The code had expired, was used already, or is of another redirect URL.', 'CODE_REFUSED'],
  invalid_request: ['The identity provider did not accept the request.', null],
  invalid_scope: ['The application over there must have the scopes openid, profile and email.', null],
  unauthorized_client: [noFlow, 'TOKEN_REQUEST_FAILED'],
  unsupported_grant_type: [noFlow, 'TOKEN_REQUEST_FAILED'],
  unsupported_response_type: [noFlow, 'TOKEN_REQUEST_FAILED'],
  server_error: [itsOwn, null],
  temporarily_unavailable: [itsOwn, null],
}

const unknownRedirect: [hint: string, like: SignInFailureReason] = [
  'The redirect URL of the request is not one that the application over there knows.',
  'CODE_REFUSED',
]

/** The place of a refusal of ours; no place for what is mended nowhere. */
const placesOf = (reason: SignInFailureReason | null, looking: LookingOidc): string[] =>
  reason === null ? [] : placeOf(reason, [], sideOf({ saml: null, oidc: looking }))

/** The identity provider's own refusal, as it stands in the address that a browser was led to, or on its page. */
export function explainOidcError({ code, description }: OidcError, looking: LookingOidc): Diagnosis {
  const redirect = code === 'invalid_request' && /redirect[_ ]ur[il]/i.test(description ?? '')
  const known = redirect ? unknownRedirect : hints[code]
  const [hint, like] = known ?? ['This is an error that we have no advice of our own for.', null]
  const words = description === null ? '' : ` In its own words: ${shorten(description)}`
  return diagnosis('OIDC_ERROR', `The identity provider refused: ${code}`, `${hint}${words}`, [
    ...placesOf(like, looking),
    'If it happens to one member alone, look at their sign-in in the log of the identity provider.',
  ])
}

const settingOf = ({ connection }: NonNullable<LookingOidc>): string =>
  connection.protocol === 'OKTA' ? 'Okta Domain' : 'Issuer'

/** What an identity provider says about itself, held against the connection. Nothing of it is fetched. */
export function explainDiscoveryDocument(document: Record<string, unknown>, looking: LookingOidc): Diagnosis {
  const issuer = String(document['issuer'])
  const say = (whatToDo: string[], checks: SignInCheck[] = []) =>
    diagnosis(
      'DISCOVERY_DOCUMENT',
      'A discovery document of OpenID Connect',
      `The identity provider ${shorten(issuer, 200)} describes itself in it.`,
      whatToDo,
      { checks },
    )
  const checks =
    looking === null
      ? []
      : [
          check(
            'issuer',
            'Issuer',
            looking.connection.issuer === issuer,
            looking.connection.issuer,
            shorten(issuer, 200),
          ),
        ]
  try {
    readDiscovery(looking?.connection.issuer ?? issuer, document)
  } catch (error) {
    if (!(error instanceof DiscoveryProblem)) throw error
    return say([error.message, ...(looking === null ? [] : [`It is set under Edit → ${settingOf(looking)}.`])], checks)
  }
  if (looking !== null) return say(['It fits the connection. Nothing is to be done.'], checks)
  return say([`It can be used: enter ${shorten(issuer, 200)} as the issuer of a connection with OpenID Connect.`])
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value.slice(0, 20) : [value])
    .filter((each) => typeof each === 'string')
    .map((each) => shorten(each, 200))

const dateOf = (value: unknown): Date | null => {
  const date = typeof value === 'number' ? new Date(value * 1000) : null
  return date === null || Number.isNaN(date.getTime()) ? null : date
}

/** Whom a token is from and for, and until when, held against the connection. */
function tokenChecks(
  { header, claims }: { header: Record<string, unknown>; claims: Record<string, unknown> },
  { connection }: NonNullable<LookingOidc>,
  now: Date,
): SignInCheck[] {
  const [issuer = 'none'] = textsOf(claims['iss'])
  const audiences = textsOf(claims['aud'])
  const [algorithm = 'none'] = textsOf(header['alg'])
  const expires = dateOf(claims['exp'])
  return [
    check(
      'algorithm',
      'Signature algorithm',
      allowedAlgorithms.includes(algorithm),
      `one of ${allowedAlgorithms.join(', ')}`,
      algorithm,
    ),
    check('issuer', 'Issuer', issuer === connection.issuer, connection.issuer, issuer),
    check(
      'audience',
      'Audience',
      audiences.includes(connection.clientId),
      connection.clientId,
      audiences.join(', ') || 'none',
    ),
    check(
      'expires',
      'Valid until',
      expires !== null && expires > now,
      `after ${now.toISOString()}`,
      expires?.toISOString() ?? 'none',
    ),
  ]
}

/**
 * A JSON Web Token: whom it is from and for, and until when, and nothing else of it, because it may be good for
 * something. Its signature is not looked at.
 */
export function explainToken(
  token: { header: Record<string, unknown>; claims: Record<string, unknown> },
  looking: LookingOidc,
  now: Date,
): Diagnosis {
  const [from, to, until] = [textsOf(token.claims['iss']), textsOf(token.claims['aud']), dateOf(token.claims['exp'])]
  const about = [
    from.length === 0 ? '' : ` It is from ${from[0]}.`,
    to.length === 0 ? '' : ` It is for ${to[0]}.`,
    until === null ? '' : ` It is valid until ${until.toISOString()}.`,
  ]
  const checks = looking === null ? [] : tokenChecks(token, looking, now)
  const failed = new Set(checks.filter(({ passed }) => !passed).map(({ name }) => name))
  return diagnosis(
    'TOKEN',
    'A token of OpenID Connect or OAuth (JWT)',
    `${looking === null ? 'SAML does not use it.' : 'Its signature is not looked at here.'}${about.join('')} Nothing of it was kept.`,
    [
      'A token can be a key to something: do not send it around.',
      ...(failed.has('issuer') ? placesOf('ID_TOKEN_ISSUER', looking) : []),
      ...(failed.has('audience')
        ? ['An access token is for somebody else than an ID token: only the latter counts here.']
        : []),
      ...(failed.has('audience') ? placesOf('ID_TOKEN_AUDIENCE', looking) : []),
      ...(failed.has('algorithm') ? placesOf('ID_TOKEN_ALGORITHM', looking) : []),
      ...(failed.has('expires') ? ['Its time has passed, which is no fault of a token that is pasted later.'] : []),
    ],
    { checks },
  )
}

/** The request that a browser takes to the identity provider (Core 3.1.2.1), copied from its address bar. */
export function explainAuthorizationRequest({ searchParams }: URL, looking: LookingOidc): Diagnosis {
  const title = 'A request to the identity provider'
  const explanation = 'A browser takes it to the identity provider as a sign-in starts. It was not opened.'
  if (looking === null) return diagnosis('ADDRESS', title, explanation, ['Paste it on the page of its connection.'])
  const { connection, urls } = looking
  const compare = (name: string, label: string, parameter: string, expected: string) => {
    const actual = searchParams.get(parameter) ?? 'none'
    return check(name, label, actual === expected, expected, shorten(actual, 300))
  }
  const checks = [
    compare('clientId', 'Client ID', 'client_id', connection.clientId),
    compare('redirectUrl', 'Redirect URL', 'redirect_uri', urls.redirectUri),
  ]
  const isOurs = checks.every(({ passed }) => passed)
  const whatToDo = isOurs
    ? [
        'It is as this connection sends it: both must stand at the identity provider, to the letter.',
        ...placesOf('CODE_REFUSED', looking),
      ]
    : ['It is not what this connection sends now: it may be of another application, or of older settings.']
  return diagnosis('ADDRESS', title, explanation, whatToDo, { checks })
}
