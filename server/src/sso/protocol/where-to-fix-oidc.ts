import type { SignInFailureReason } from './sign-in-failure.ts'
import { connectionPage, type Place } from './where-to-fix-saml.ts'

/** What of a connection is told to its identity provider's administrator; nothing of it is secret. */
export type OidcSide = {
  protocol: 'OKTA' | 'OIDC'
  issuer: string
  clientId: string
  redirectUri: string
  loginUrl: string
}

/** The settings at an identity provider that a refused sign-in may lead to. */
type OidcPlace =
  | 'redirectUri'
  | 'initiateLoginUri'
  | 'issuer'
  | 'credentials'
  | 'grant'
  | 'assignment'
  | 'algorithm'
  | 'claims'
  | 'email'

const okta = 'Okta: Applications → your application'
const other = 'At the identity provider: the settings of your application'

const consolePlaces: Record<OidcSide['protocol'], Record<OidcPlace, string>> = {
  OKTA: {
    redirectUri: `${okta} → General → LOGIN → Sign-in redirect URIs`,
    initiateLoginUri: `${okta} → General → LOGIN → Initiate login URI`,
    issuer: `${okta} → Sign On → OpenID Connect ID Token → Issuer`,
    credentials: `${okta} → General → Client Credentials → Client ID, and CLIENT SECRETS`,
    grant: `${okta} → General → General Settings → Grant type: Authorization Code`,
    assignment: `${okta} → Assignments → Assign`,
    algorithm: `${okta} → General → ID Token signing algorithm: RS256`,
    claims: 'Okta: Security → API → Authorization Servers → yours → Claims',
    email: 'Okta: Directory → People → the member → Profile → Primary email',
  },
  OIDC: {
    redirectUri: `${other} → Redirect URI (Callback URL)`,
    initiateLoginUri: `${other} → Initiate login URI`,
    issuer: `${other} → Issuer`,
    credentials: `${other} → Client ID and Client Secret`,
    grant: `${other} → Grant types: Authorization Code`,
    assignment: 'At the identity provider: your application → the people and groups who may use it',
    algorithm: `${other} → ID token signing algorithm: RS256, PS256 or ES256`,
    claims: `${other} → Claims`,
    email: `${other} → Claims → email, in the scope email`,
  },
}

/** A setting at the identity provider, or a place in Gatehouse. What is absent has nothing to be set. */
const places: Partial<Record<SignInFailureReason, OidcPlace | { here: string }>> = {
  CONNECTION_DISABLED: { here: `${connectionPage} → Enable` },
  INITIATOR_MISMATCH: 'initiateLoginUri',
  DISCOVERY_FAILED: { here: `${connectionPage} → Edit` },
  CALLBACK_MALFORMED: 'redirectUri',
  RESPONSE_ISSUER_MISMATCH: 'issuer',
  AUTHORIZATION_REFUSED: 'assignment',
  CLIENT_REFUSED: 'credentials',
  CODE_REFUSED: 'redirectUri',
  TOKEN_REQUEST_FAILED: 'grant',
  ID_TOKEN_ALGORITHM: 'algorithm',
  ID_TOKEN_ISSUER: 'issuer',
  ID_TOKEN_AUDIENCE: 'credentials',
  USERINFO_FAILED: 'claims',
  ATTRIBUTE_AMBIGUOUS: 'claims',
  ATTRIBUTE_MISSING: { here: `${connectionPage} → Edit → Attributes` },
  EMAIL_MISSING: 'email',
  EMAIL_INVALID: 'email',
  EMAIL_DOMAIN_TAKEN: 'email',
  MEMBER_SUSPENDED: { here: 'Members → the member → Let in again' },
  TEST_OUTDATED: { here: `${connectionPage} → Test sign-in` },
}

/** As whereToFixSaml(), for OpenID Connect. */
export function whereToFixOidc(reason: SignInFailureReason, ours: OidcSide): Place | null {
  const place = places[reason]
  if (place === undefined) return null
  if (typeof place === 'object') return { at: 'GATEHOUSE', place: place.here, value: null }
  const values: Partial<Record<OidcPlace, string>> = { redirectUri: ours.redirectUri, initiateLoginUri: ours.loginUrl }
  return { at: 'IDP', place: consolePlaces[ours.protocol][place], value: values[place] ?? null }
}
