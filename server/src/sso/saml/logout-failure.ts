import type { FixedBy } from '../protocol/failure.ts'

type Failure = {
  /** The HTTP status of the page that says so. */
  status: number
  fixedBy: FixedBy
  /** What the person reads. It gives nothing away that a stranger may not know. */
  publicMessage: string
  /** What the owner reads in the audit log: where to look, what to change. */
  advice: string
}

const damaged = 'The logout message of your identity provider could not be read.'
const notAccepted =
  'The logout message of your identity provider was not accepted, because it is not set up the way this organization expects.'
const outdated = 'This logout took too long, or was used already.'

const failure = (status: number, fixedBy: FixedBy, publicMessage: string, advice: string): Failure => ({
  status,
  fixedBy,
  publicMessage,
  advice,
})

/** Every reason for which a logout message is refused, about in the order in which they are checked. */
export const logoutFailures = {
  CONNECTION_NOT_FOUND: failure(
    404,
    'OWNER',
    'There is no single sign-on at this address. The link may be old.',
    'Copy our logout URL again from Settings, Single Sign-On (SSO).',
  ),
  CONNECTION_INCOMPLETE: failure(
    403,
    'OWNER',
    notAccepted,
    'A logout message counts only when certificate and entity ID of the identity provider are known. Fill in both.',
  ),
  MESSAGE_MISSING: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'Our logout URL was called with neither a SAMLRequest nor a SAMLResponse.',
  ),
  MESSAGE_AMBIGUOUS: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'A parameter came twice, or a SAMLRequest together with a SAMLResponse. Ordinary identity providers never send this: find out where the message came from.',
  ),
  MESSAGE_TOO_LARGE: failure(413, 'IDP_ADMINISTRATOR', damaged, 'The message is larger than 256 KiB.'),
  MESSAGE_MALFORMED: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'What arrived is not a SAML 2.0 logout message that follows the schema.',
  ),
  MESSAGE_NOT_ALLOWED: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'The message contains something that has no place in a logout. Ordinary identity providers never send this: find out where the message came from.',
  ),
  NAME_ID_ENCRYPTED: failure(
    400,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'Switch encryption of the NameID in logout messages off for this application at the identity provider.',
  ),
  SIGNATURE_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The logout message is not signed. Switch on signing of logout messages at the identity provider.',
  ),
  ALGORITHM_NOT_ALLOWED: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'Choose SHA-256 as the signing algorithm at the identity provider. SHA-1 is not accepted.',
  ),
  SIGNATURE_INVALID: failure(
    403,
    'OWNER',
    notAccepted,
    'The signature was not made with a certificate of this connection. Paste the identity provider’s current signing certificate: it may have been renewed.',
  ),
  VERSION_UNSUPPORTED: failure(400, 'IDP_ADMINISTRATOR', notAccepted, 'The identity provider must speak SAML 2.0.'),
  ISSUER_MISMATCH: failure(
    403,
    'OWNER',
    notAccepted,
    'The message names another identity provider than this connection trusts. Compare the identity provider’s entity ID in the connection.',
  ),
  DESTINATION_MISMATCH: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The message was made for another address. Paste our logout URL of this connection at the identity provider.',
  ),
  NOT_YET_VALID: failure(
    403,
    'IDP_ADMINISTRATOR',
    'The clocks of your identity provider and this server disagree.',
    'The message comes from the future. Check the clock of the identity provider, and of this server, against a time server.',
  ),
  EXPIRED: failure(
    403,
    'MEMBER',
    outdated,
    'The message had expired when it arrived. If it happens each time, check the clocks of the identity provider and of this server.',
  ),
  LIFETIME_INVALID: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'A time in the message is missing, not in UTC, or more than 24 hours ahead.',
  ),
  NAME_ID_MISSING: failure(400, 'IDP_ADMINISTRATOR', notAccepted, 'The LogoutRequest does not say who it is about.'),
  MESSAGE_REPLAYED: failure(403, 'MEMBER', outdated, 'The same LogoutRequest arrived before. It counts once.'),
  REQUEST_UNKNOWN: failure(
    403,
    'MEMBER',
    outdated,
    'The LogoutResponse answers no open LogoutRequest of this connection: often the Back button.',
  ),
  RATE_LIMITED: failure(
    429,
    'MEMBER',
    'Too many attempts. Wait a moment, then try again.',
    'Limits are configuration: see the operations guide.',
  ),
  INTERNAL_ERROR: failure(
    500,
    'OPERATOR',
    'Something went wrong on our side.',
    'The server’s log has the details under the reference.',
  ),
} as const satisfies Record<string, Failure>

export type LogoutFailureReason = keyof typeof logoutFailures

/** Why a message does not count: what it had to be, and what it was. */
export type LogoutProblem = { reason: LogoutFailureReason; expected: string; actual: string }

export const logoutProblem = (reason: LogoutFailureReason, expected: string, actual: string): LogoutProblem => ({
  reason,
  expected,
  actual,
})
