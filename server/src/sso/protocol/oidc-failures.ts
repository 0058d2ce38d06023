import { type Failure, failure, sentences } from './failure.ts'

const { notAccepted, damaged, outdated, notSetUp, noProfile, notReached } = sentences

/** Why a sign-in is refused where OpenID Connect alone can be the reason, about in the order in which it is checked. */
export const oidcFailures = {
  INITIATOR_MISMATCH: failure(
    403,
    'OWNER',
    notAccepted,
    'The sign-in was started by another identity provider than this connection trusts: the parameter iss of the SSO login URL names its issuer. Compare both in the trace. In Okta, the Initiate login URI of the application must be the SSO login URL of this connection.',
  ),
  DISCOVERY_FAILED: failure(
    502,
    'OWNER',
    notReached,
    'The identity provider’s discovery document could not be read, or names another issuer. The trace says what happened. Open the issuer’s address with /.well-known/openid-configuration after it in a browser, and compare the issuer in it with this connection’s.',
  ),
  CALLBACK_MALFORMED: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'The redirect URL was called without a code, or with a parameter twice. Check that the application answers with the authorization code in the query (response mode query).',
  ),
  RESPONSE_ISSUER_MISMATCH: failure(
    403,
    'OWNER',
    notAccepted,
    'The answer names another issuer than this connection trusts, or none where the identity provider promises one (RFC 9207). Correct the issuer of the connection. If it is right, somebody mixed two identity providers up on purpose.',
  ),
  AUTHORIZATION_REFUSED: failure(
    403,
    'IDP_ADMINISTRATOR',
    'Your identity provider did not let you in.',
    'The identity provider itself refused; its own words stand in the trace. With access_denied the member is usually not assigned to the application.',
  ),
  CLIENT_REFUSED: failure(
    403,
    'OWNER',
    notSetUp,
    'The identity provider does not know this Client ID with this Client Secret. Copy both again from the application over there, and save them under Edit. A secret may have expired or been replaced.',
  ),
  CODE_REFUSED: failure(
    403,
    'MEMBER',
    outdated,
    'The identity provider did not take its own code back: it had expired, was used already, or was issued for another request or redirect URL. Trying again usually helps. If it happens each time, compare the redirect URL, to the letter.',
  ),
  TOKEN_REQUEST_FAILED: failure(
    502,
    'IDP_ADMINISTRATOR',
    notReached,
    'The identity provider’s token endpoint did not answer as it should; what it said stands in the trace. Check that the application allows the grant Authorization Code.',
  ),
  ID_TOKEN_MALFORMED: failure(
    400,
    'IDP_ADMINISTRATOR',
    damaged,
    'The token endpoint answered without an ID token, or with one that cannot be read. Check that the application is one for OpenID Connect, and that its ID tokens are not encrypted.',
  ),
  ID_TOKEN_ALGORITHM: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'Choose RS256, PS256 or ES256 for ID tokens at the identity provider. A secret shared with us (HS256) and no signature at all are never accepted.',
  ),
  ID_TOKEN_ISSUER: failure(
    403,
    'OWNER',
    notAccepted,
    'The ID token names another issuer than this connection trusts. In Okta, a custom authorization server has an issuer of its own: enter it whole, such as https://acme.okta.com/oauth2/default.',
  ),
  ID_TOKEN_AUDIENCE: failure(
    403,
    'OWNER',
    notAccepted,
    'The ID token is for another application, or for several of which it does not say which one asked. Compare the Client ID here with that of the application over there.',
  ),
  ID_TOKEN_NONCE: failure(
    403,
    'MEMBER',
    outdated,
    'The ID token belongs to another sign-in than the one that this browser started. Trying again helps. If nobody made a mistake, somebody tried to plant a sign-in.',
  ),
  ID_TOKEN_EXPIRED: failure(
    403,
    'MEMBER',
    'This sign-in took too long. Try again.',
    'The ID token had expired when it arrived, or does not say when it expires. If it happens each time, check the clocks of the identity provider and of this server.',
  ),
  ID_TOKEN_NOT_YET_VALID: failure(
    403,
    'IDP_ADMINISTRATOR',
    'The clocks of your identity provider and this server disagree.',
    'The ID token comes from the future, or does not say when it was issued. Check the clock of the identity provider, and of this server, against a time server.',
  ),
  SUBJECT_MISSING: failure(
    403,
    'IDP_ADMINISTRATOR',
    noProfile,
    'The ID token has no sub, or one that is empty, too long, or holds control characters or spaces at its ends. OpenID Connect requires it.',
  ),
  ACCESS_TOKEN_MISMATCH: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The ID token was issued with another access token than the one that came with it (at_hash). Ordinary identity providers never send this.',
  ),
  ID_TOKEN_SIGNATURE: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The ID token was not signed with a key that the identity provider publishes (jwks_uri). If its keys were just replaced, a new sign-in succeeds, a minute later at the latest. Otherwise find out who issued the token.',
  ),
  ID_TOKEN_REFUSED: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The ID token does not follow OpenID Connect Core; the trace says what is wrong with it.',
  ),
  USERINFO_FAILED: failure(
    502,
    'IDP_ADMINISTRATOR',
    notReached,
    'The ID token lacks what is needed, and the userinfo endpoint, which should have it, did not answer as it should. Let the identity provider put the claims into the ID token, or mend its userinfo endpoint.',
  ),
  USERINFO_SUBJECT_MISMATCH: failure(
    403,
    'IDP_ADMINISTRATOR',
    notAccepted,
    'The userinfo endpoint spoke of somebody else than the ID token (OpenID Connect Core 5.3.2). Ordinary identity providers never do this.',
  ),
} as const satisfies Record<string, Failure>
