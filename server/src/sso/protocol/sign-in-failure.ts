/** Who can do something about a refused sign-in. */
export type FixedBy = 'OWNER' | 'IDP_ADMINISTRATOR' | 'MEMBER' | 'OPERATOR'

type Failure = {
  /** The HTTP status of the page that says so. */
  status: number
  fixedBy: FixedBy
  /** What the member reads. It gives nothing away that a stranger may not know. */
  publicMessage: string
  /** What the owner reads beside the trace: where to look, what to change. */
  advice: string
}

const notAccepted =
  'The answer of your identity provider was not accepted, because it is not set up the way this organization expects.'
const damaged = 'The answer of your identity provider could not be read.'
const outdated = 'This sign-in took too long, was used already, or was started somewhere else.'
const notSetUp = 'Single sign-on is not ready for use here.'
const noProfile = 'Your identity provider did not send what is needed to know who you are.'

const failure = (status: number, fixedBy: FixedBy, publicMessage: string, advice: string): Failure => ({
  status,
  fixedBy,
  publicMessage,
  advice,
})

/** Every reason for which a sign-in is refused, about in the order in which they are checked. */
export const signInFailures = {
  CONNECTION_NOT_FOUND: failure(
    404,
    'OWNER',
    'There is no single sign-on at this address. The link may be old.',
    'Copy the SSO login URL and the redirect URL again from Settings, Single Sign-On (SSO).',
  ),
  CONNECTION_DISABLED: failure(
    403,
    'OWNER',
    'Single sign-on is switched off here.',
    'Enable the connection under Settings, Single Sign-On (SSO).',
  ),
  CONNECTION_INCOMPLETE: failure(
    403,
    'OWNER',
    notSetUp,
    'Fill in Single Sign-On URL and Certificate under Settings, Single Sign-On (SSO).',
  ),
  RESPONSE_MISSING: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'The redirect URL was called without a SAMLResponse form field. Check that the identity provider answers with the HTTP-POST binding.',
  ),
  RESPONSE_TOO_LARGE: failure(
    413,
    'IDP_ADMINISTRATOR',
    damaged,
    'The response is larger than 256 KiB. Send fewer attributes: usually it is the list of groups.',
  ),
  RESPONSE_MALFORMED: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'What arrived is not a SAML 2.0 response that follows the schema. Check that the application is set up for SAML 2.0, and try again.',
  ),
  RESPONSE_NOT_ALLOWED: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'The response contains something that has no place in a sign-in. Ordinary identity providers never send this: find out where the response came from.',
  ),
  VERSION_UNSUPPORTED: failure(400, 'IDP_ADMINISTRATOR', notAccepted, 'The identity provider must speak SAML 2.0.'),
  STATUS_NOT_SUCCESS: failure(
    403,
    'IDP_ADMINISTRATOR',
    'Your identity provider did not let you in.',
    'The identity provider itself refused; its own words stand in the trace. Often the member is not assigned to the application.',
  ),
  ASSERTION_COUNT: failure(400, 'IDP_ADMINISTRATOR', damaged, 'A response must carry exactly one assertion.'),
  ASSERTION_ENCRYPTED: failure(
    400,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The response is encrypted, and this connection has no encryption certificate it could be for. Give the identity provider the certificate of this connection, or switch encryption off over there.',
  ),
  ENCRYPTION_NOT_ALLOWED: failure(
    400,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'Choose AES-128 or AES-256 in GCM mode and RSA-OAEP at the identity provider. Where it offers AES-CBC alone, as Entra and AD FS do, an owner can allow that under Edit, Sign-in and encryption.',
  ),
  DECRYPTION_FAILED: failure(
    400,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'Give the identity provider the current encryption certificate of this connection: it may still have one that was deleted here, or another application’s.',
  ),
  SIGNATURE_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'Neither the response nor the assertion is signed. Switch on signing of the assertion at the identity provider.',
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
    'The signature was not made with a certificate of this connection. Compare the fingerprints, and paste the identity provider’s current signing certificate: it may have been renewed.',
  ),
  ISSUER_MISMATCH: failure(
    403,
    'OWNER',
    notAccepted,
    'The response names another identity provider than this connection trusts. Compare the identity provider’s entity ID in the connection with the Issuer in the trace.',
  ),
  DESTINATION_MISMATCH: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The response was made for another address. Paste the redirect URL of this connection as Reply URL (ACS URL) at the identity provider.',
  ),
  AUDIENCE_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The assertion does not say for whom it is. Set Identifier (Entity ID, Audience) at the identity provider to this connection’s Entity ID.',
  ),
  AUDIENCE_MISMATCH: failure(
    403,
    'OWNER',
    notAccepted,
    'The assertion is for somebody else. Entity ID here and Identifier (Entity ID, Audience) at the identity provider must be the same, to the letter.',
  ),
  SUBJECT_CONFIRMATION_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The assertion has no bearer confirmation as browser sign-in needs it (SAML Profiles 4.1.4.2).',
  ),
  RECIPIENT_MISMATCH: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The assertion may only be delivered to another address. Paste the redirect URL of this connection as Reply URL (ACS URL, Recipient URL) at the identity provider.',
  ),
  CONDITIONS_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The assertion has no Conditions, so it would be good for anybody.',
  ),
  CONDITION_UNKNOWN: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The assertion sets a condition that we do not know, so it cannot be relied upon (SAML Core 2.5.1.1).',
  ),
  NOT_YET_VALID: failure(
    403,
    'IDP_ADMINISTRATOR',
    'The clocks of your identity provider and this server disagree.',
    'The response comes from the future. Check the clock of the identity provider, and of this server, against a time server.',
  ),
  EXPIRED: failure(
    403,
    'MEMBER',
    'This sign-in took too long. Try again.',
    'The response had expired when it arrived. If it happens each time, check the clocks of the identity provider and of this server.',
  ),
  LIFETIME_INVALID: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The validity of the response is missing, contradictory, not in UTC, or longer than 24 hours.',
  ),
  AUTHN_STATEMENT_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The assertion does not say that and when the person signed in (AuthnStatement).',
  ),
  AUTHN_CONTEXT_MISMATCH: failure(
    403,
    'OWNER',
    'You signed in at your identity provider in another way than this organization asks for.',
    'The connection asks for one authentication context and the identity provider sent another; both stand in the trace. Choose the one that it sends, or none, under Edit, Sign-in and encryption.',
  ),
  AUTHN_TOO_OLD: failure(
    403,
    'IDP_ADMINISTRATOR',
    'Your identity provider let you in by an earlier sign-in, and this organization asks for a new one each time.',
    'The connection asks for authentication at every sign-in (ForceAuthn), and the identity provider does not heed that. Switch it on over there, or off here under Edit, Sign-in and encryption.',
  ),
  IN_RESPONSE_TO_MISMATCH: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The response and the assertion in it answer different requests.',
  ),
  IDP_INITIATED_NOT_ALLOWED: failure(
    403,
    'MEMBER',
    'This organization takes sign-ins that start here, not from the tile of your identity provider. Try again starts one.',
    'The sign-in was started at the identity provider. Give the identity provider the SSO login URL as the application’s Sign on URL, so that its tile starts here. Or let this connection take sign-ins that start at the identity provider.',
  ),
  REQUEST_UNKNOWN: failure(
    403,
    'MEMBER',
    outdated,
    'The response answers a request that this connection did not send, or sent too long ago. Trying again usually helps.',
  ),
  REQUEST_EXPIRED: failure(
    403,
    'MEMBER',
    outdated,
    'More than ten minutes passed at the identity provider. Trying again helps.',
  ),
  REQUEST_USED: failure(
    403,
    'MEMBER',
    outdated,
    'The same request was answered before: often the Back button, or a double click.',
  ),
  REQUEST_FROM_OTHER_BROWSER: failure(
    403,
    'MEMBER',
    'This sign-in was started in another browser or window. Start again in this one.',
    'A sign-in must end in the browser where it began, with cookies enabled. If nobody made a mistake, somebody tried to plant a sign-in.',
  ),
  COMPLETION_EXPIRED: failure(
    403,
    'MEMBER',
    outdated,
    'The last step must follow within a minute. Trying again helps.',
  ),
  SIGN_IN_CANCELLED: failure(
    403,
    'MEMBER',
    'You cancelled this sign-in. Nothing was changed.',
    'The sign-in was started at the identity provider, and the person did not go on. If they did not start it themselves, somebody tried to sign them in as somebody else: find out who the trace names.',
  ),
  ASSERTION_REPLAYED: failure(
    403,
    'MEMBER',
    outdated,
    'The same assertion was used before. Trying again gets a new one.',
  ),
  NAME_ID_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    noProfile,
    'Send a NameID (Unique User Identifier) that is filled for every member.',
  ),
  SUBJECT_INVALID: failure(
    403,
    'IDP_ADMINISTRATOR',
    noProfile,
    'The NameID changes with each sign-in (transient), is longer than 256 characters, or holds control characters or spaces at its ends. Choose a lasting one, such as persistent, or map the subject to an attribute that lasts.',
  ),
  ATTRIBUTE_AMBIGUOUS: failure(
    403,
    'IDP_ADMINISTRATOR',
    noProfile,
    'An attribute that must have one value came with several, or twice. Send one.',
  ),
  ATTRIBUTE_MISSING: failure(
    403,
    'OWNER',
    noProfile,
    'The attribute mapping of this connection names an attribute that was not sent. Compare it with the attributes that arrived: names count to the letter. Correct the mapping, or send the attribute.',
  ),
  EMAIL_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    'Your identity provider did not send your e-mail address.',
    'Send the attribute emailaddress (in Entra: user.mail), or a NameID in e-mail format; or map the e-mail address to an attribute that arrives. In Entra, the member’s Email property may be empty.',
  ),
  EMAIL_INVALID: failure(
    403,
    'IDP_ADMINISTRATOR',
    'Your identity provider did not send an e-mail address that can be used.',
    'The e-mail address must be one plain ASCII address. Guests in Entra have user names with #EXT# that are none: send user.mail instead.',
  ),
  ACCOUNT_EXISTS: failure(
    403,
    'MEMBER',
    'There is already an account with your e-mail address. Confirm that it is yours, and start again.',
    'Nobody gets into an existing account by e-mail address alone. The member confirms once by signing in to the account they have.',
  ),
  EMAIL_DOMAIN_TAKEN: failure(
    403,
    'OWNER',
    'This organization cannot take new members with your e-mail address.',
    'The domain of the address is not yours: another organization on this server has proved that it is its own. Send another address for this person, or have the person invited where they belong.',
  ),
  SESSION_ENDED_BY_IDP: failure(
    403,
    'MEMBER',
    'You were signed out at your identity provider in the meantime. Sign in again.',
    'The identity provider ended the session before the sign-in was finished (single logout). Signing in again helps.',
  ),
  MEMBER_SUSPENDED: failure(
    403,
    'OWNER',
    'Your membership is suspended.',
    'Let the member in again on the members page, if that is meant.',
  ),
  TEST_OUTDATED: failure(
    403,
    'OWNER',
    'This test sign-in has ended. Start it again from the page of the connection.',
    'A test ends after 15 minutes, and when the connection is changed. Start it again, so that the settings of now are tested.',
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

export type SignInFailureReason = keyof typeof signInFailures

/** True for a reason that is known now; attempts keep those of older versions. */
export const isReason = (text: string): text is SignInFailureReason => Object.hasOwn(signInFailures, text)

/** The row of a reason; of INTERNAL_ERROR for one that is stored but no longer known. */
export const failureOf = (reason: string): Failure => signInFailures[isReason(reason) ? reason : 'INTERNAL_ERROR']
