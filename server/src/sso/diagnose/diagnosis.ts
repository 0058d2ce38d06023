import type { RelyingPartyUrls } from '../oidc/relying-party.ts'
import type { SignInCheck } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { type OurSide, whereToFix } from '../protocol/where-to-fix.ts'
import type { ServiceProviderUrls } from '../saml/service-provider.ts'
import type { IdpCertificateView } from '../saml-connection-view.ts'
import type { OidcConnectionRow, SamlConnectionRow } from '../sso-connection.store.ts'

export type DiagnosisKind =
  | 'ENTRA_ERROR'
  | 'GOOGLE_ERROR'
  | 'OUR_REFUSAL'
  | 'SAML_RESPONSE'
  | 'SAML_REQUEST'
  | 'LOGOUT_MESSAGE'
  | 'ASSERTION'
  | 'IDP_METADATA'
  | 'SP_METADATA'
  | 'CERTIFICATE'
  | 'PRIVATE_KEY'
  | 'OIDC_ERROR'
  | 'DISCOVERY_DOCUMENT'
  | 'TOKEN'
  | 'ADDRESS'
  | 'UNKNOWN'

/** What a text is, and what to do with it. */
export type Diagnosis = {
  kind: DiagnosisKind
  title: string
  explanation: string
  whatToDo: string[]
  checks: SignInCheck[]
  notReached: string[]
  certificates: IdpCertificateView[]
}

/** The connection that the person is looking at, when it is one for SAML. */
export type Looking = { connection: SamlConnectionRow; urls: ServiceProviderUrls } | null

/** The same, when it is one for OpenID Connect. */
export type LookingOidc = { connection: OidcConnectionRow; urls: RelyingPartyUrls } | null

/** One of them at most. */
export type LookingAt = { saml: Looking; oidc: LookingOidc }

/** What of the connection is told to its identity provider's administrator. */
export const sideOf = ({ saml, oidc }: LookingAt): OurSide | null =>
  saml === null ? oidc && { ...oidc.connection, ...oidc.urls } : { ...saml.connection, ...saml.urls }

/** Where it is mended, as one sentence; empty when nothing is to be set, or no connection is looked at. */
export function placeOf(reason: SignInFailureReason, checks: readonly SignInCheck[], ours: OurSide | null): string[] {
  const where = ours && whereToFix(reason, checks, ours)
  if (where === null) return []
  return [where.value === null ? where.place : `${where.place}: ${where.value}`]
}

export const diagnosis = (
  kind: DiagnosisKind,
  title: string,
  explanation: string,
  whatToDo: string[],
  more: Partial<Pick<Diagnosis, 'checks' | 'notReached' | 'certificates'>> = {},
): Diagnosis => ({ kind, title, explanation, whatToDo, checks: [], notReached: [], certificates: [], ...more })
