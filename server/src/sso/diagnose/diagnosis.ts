import type { SignInCheck } from '../protocol/sign-in-check.ts'
import type { ServiceProviderUrls } from '../saml/service-provider.ts'
import type { IdpCertificateView } from '../saml-connection-view.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'

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

/** The connection that the person is looking at. */
export type Looking = { connection: SamlConnectionRow; urls: ServiceProviderUrls } | null

export const diagnosis = (
  kind: DiagnosisKind,
  title: string,
  explanation: string,
  whatToDo: string[],
  more: Partial<Pick<Diagnosis, 'checks' | 'notReached' | 'certificates'>> = {},
): Diagnosis => ({ kind, title, explanation, whatToDo, checks: [], notReached: [], certificates: [], ...more })
