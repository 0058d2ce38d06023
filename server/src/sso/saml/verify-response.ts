import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import type { IdpCertificate } from './certificate.ts'
import { checkAssertion } from './check-assertion.ts'
import { checkStructure } from './check-structure.ts'
import { decodeResponse } from './decode-response.ts'
import { readSigned, verifyEncrypted } from './decrypt-assertion.ts'
import type { Decryption } from './decrypt-element.ts'
import { entraAdvice } from './entra-error.ts'
import type { CheckedFacts } from './expectations.ts'
import { saml, samlp, statusSuccess } from './names.ts'
import type { AssertionContent, SignedClaims } from './read-assertion.ts'
import { verifyPlain } from './signed-content.ts'
import { type OpenDocument, withXml } from './xml.ts'
import { childOf, childrenOf, type Xml, XmlProblem } from './xml-element.ts'

/** How far the clocks of an identity provider and ours may differ. */
export const defaultClockSkewSeconds = 180

/** What a connection trusts, and what it must be called by. */
export type Trust = {
  /** Our entity ID: the Audience. */
  spEntityId: string
  /** The Issuer; null while it is unknown. */
  idpEntityId: string | null
  /** Where responses arrive: Destination and Recipient. */
  acsUrl: string
  /** One at least. */
  certificates: readonly IdpCertificate[]
  decryption: Decryption
  clockSkewSeconds: number
  /** The AuthnContextClassRef that a sign-in must have; null: any. */
  requestedAuthnContext: string | null
}

/** What an identity provider has signed about a person, for us, now. */
export type Assertion = Pick<AssertionContent, 'id' | 'nameId' | 'attributes'> &
  CheckedFacts & { issuer: string; sessionIndex: string | null; authnContextClassRef: string | null }

export type VerifiedResponse =
  | { ok: true; assertion: Assertion; checks: SignInCheck[] }
  | {
      ok: false
      reason: SignInFailureReason
      checks: SignInCheck[]
      /** Better advice than the reason's own, when there is some. */
      advice: string | null
      /** What was signed about a person, once the signature held. It is good for nothing but to tell the owner who it was. */
      signed: SignedClaims | null
    }

type Refused = Extract<VerifiedResponse, { ok: false }>

/** The trace so far, and the check that ends it. */
const stop = (
  checks: SignInCheck[],
  reason: SignInFailureReason,
  last: SignInCheck,
  advice: string | null = null,
): Refused => ({
  ok: false,
  reason,
  checks: [...checks, last],
  advice,
  signed: null,
})

/** Core 3.2.2: the top status decides. Unsigned as it may be, it can only refuse. */
function checkStatus(response: Xml): { check: SignInCheck; advice: string | null } {
  const status = childOf(response, samlp, 'Status')
  const code = status && childOf(status, samlp, 'StatusCode')
  const codes: string[] = []
  for (let at = code; at; at = childOf(at, samlp, 'StatusCode')) codes.push(at.attributes.get('Value') ?? '')
  const message = (status && childOf(status, samlp, 'StatusMessage')?.text.trim()) ?? ''
  const short = codes.map((text) => text.replace(/^urn:oasis:names:tc:SAML:2\.0:status:/, '')).join(', ')
  const actual = message === '' ? short : `${short}: ${message}`
  const passed = codes[0] === statusSuccess
  return { check: check('status', 'Status', passed, 'Success', actual), advice: passed ? null : entraAdvice(message) }
}

function verifyDocument(document: OpenDocument, trust: Trust, now: Date, checks: SignInCheck[]): VerifiedResponse {
  const response = document.root
  const isResponse = response.namespace === samlp && response.name === 'Response'
  const message = (passed: boolean, actual: string) =>
    check('message', 'SAML response', passed, 'a SAML 2.0 Response', actual)
  if (!isResponse) return stop(checks, 'RESPONSE_MALFORMED', message(false, `<${response.name}>`))
  try {
    document.validate()
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return stop(checks, 'RESPONSE_MALFORMED', message(false, error.message))
  }
  checks.push(message(true, 'Response'))
  const status = checkStatus(response)
  if (!status.check.passed) return stop(checks, 'STATUS_NOT_SUCCESS', status.check, status.advice)
  checks.push(status.check)
  const structure = (passed: boolean, actual: string | null) =>
    check('structure', 'Structure', passed, 'what a browser sign-in consists of', actual)
  const misplaced = checkStructure(response)
  if (misplaced !== null) return stop(checks, 'RESPONSE_NOT_ALLOWED', structure(false, misplaced))
  checks.push(structure(true, null))
  const assertions = childrenOf(response, saml, 'Assertion')
  const encrypted = childrenOf(response, saml, 'EncryptedAssertion')
  const [only, ...others] = [...assertions, ...encrypted]
  const counted = (passed: boolean, actual: string) => check('assertion', 'Assertion', passed, 'exactly one', actual)
  if (only === undefined || others.length > 0) {
    return stop(checks, 'ASSERTION_COUNT', counted(false, String(assertions.length + encrypted.length)))
  }
  checks.push(counted(true, encrypted.length === 0 ? 'one' : 'one, encrypted'))
  const signed =
    encrypted.length === 0
      ? verifyPlain(document, only, trust.certificates, checks)
      : verifyEncrypted(document, only, trust, checks)
  if ('reason' in signed) return stop(checks, signed.reason, signed.last)
  const read = readSigned(signed.root, trust.decryption, checks)
  if ('reason' in read) return stop(checks, read.reason, read.last)
  const { content } = read
  const checked = checkAssertion(content, signed.envelope, { ...trust, now })
  checks.push(...checked.checks)
  if ('reason' in checked) return { ok: false, reason: checked.reason, checks, advice: null, signed: content }
  const { id, issuer, nameId, attributes, authnStatements } = content
  const { sessionIndex = null, authnContextClassRef = null } = authnStatements[0] ?? {}
  return {
    ok: true,
    checks,
    assertion: { id, issuer: issuer.value, nameId, attributes, sessionIndex, authnContextClassRef, ...checked.facts },
  }
}

/**
 * Decides about a SAML response from its text alone: no database, no network, no clock of its own. What depends on our
 * own state (whether the request is open, which browser it was, whether the assertion was used) comes after it.
 * @param samlResponse the form field of the HTTP-POST binding: Base64 of XML (Bindings 3.5.4).
 * @returns what was signed, or the reason for which it does not count; and the trace for the owner in both cases.
 */
export function verifyResponse({
  samlResponse,
  trust,
  now,
}: {
  samlResponse: string
  trust: Trust
  now: Date
}): VerifiedResponse {
  const checks: SignInCheck[] = []
  const unreadable = (actual: string) => check('message', 'SAML response', false, 'a SAML 2.0 Response', actual)
  const decoded = decodeResponse(samlResponse)
  if ('reason' in decoded) return stop(checks, decoded.reason, unreadable(decoded.detail))
  try {
    return withXml(decoded.text, (document) => verifyDocument(document, trust, now, checks))
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return stop(checks, 'RESPONSE_MALFORMED', unreadable(error.message))
  }
}
