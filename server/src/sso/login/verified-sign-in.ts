import { sha256 } from '../../core/secrets.ts'
import type { AssertedAttribute } from '../../db/schema/sign-in-attempts.ts'
import type { Identity } from '../protocol/identity.ts'
import type { SignInCheck } from '../protocol/sign-in-check.ts'
import type { SessionSubject } from '../saml/logout-subject.ts'
import type { SsoConnectionRow } from '../sso-connection.store.ts'

/** The verified facts of a sign-in, whatever the protocol, and nothing of the message they came in. */
export type VerifiedSignIn = {
  /** The request of ours that was answered. Null for a sign-in that the identity provider started. */
  requestId: string | null
  /** What the connection trusted when it was verified. */
  trust: string
  issuer: string
  /** ISO 8601: an upper bound of the session. */
  sessionNotOnOrAfter: string | null
  /** What a SAML identity provider will call this session when it ends it; null when it named nobody. */
  samlSubject: SessionSubject | null
  identity: Identity
  checks: SignInCheck[]
  /** What the identity provider said about the person. */
  attributes: AssertedAttribute[]
}

/** Changes when somebody changes whose word counts, our name, how we read who it is, or what a sign-in must be like. */
export function trustOf(connection: SsoConnectionRow): string {
  if (connection.protocol !== 'SAML') {
    const { issuer, clientId, attributeMapping } = connection
    return sha256(JSON.stringify([issuer, clientId, attributeMapping]))
  }
  const { spEntityId, idpCertificates, attributeMapping, requestedAuthnContext, forceAuthn } = connection
  return sha256(JSON.stringify([spEntityId, idpCertificates, attributeMapping, requestedAuthnContext, forceAuthn]))
}

/** The issuer that the connection requires; null while it is unknown. */
export const requiredIssuer = (connection: SsoConnectionRow): string | null =>
  connection.protocol === 'SAML' ? connection.idpEntityId : connection.issuer

/**
 * Whether the connection would still accept what it accepted a moment ago. An entity ID that was unknown then, and that
 * another first sign-in taught meanwhile, is no change when it is the same.
 */
export const stillTrusts = (connection: SsoConnectionRow, verified: VerifiedSignIn): boolean =>
  trustOf(connection) === verified.trust && (requiredIssuer(connection) ?? verified.issuer) === verified.issuer
