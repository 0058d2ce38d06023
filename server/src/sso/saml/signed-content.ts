import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { type CanonicalElement, readCanonicalText } from './canonical-text.ts'
import type { IdpCertificate } from './certificate.ts'
import type { Envelope } from './expectations.ts'
import { saml } from './names.ts'
import { readIssuer } from './read-assertion.ts'
import { verifySignatures } from './verify-signature.ts'
import type { OpenDocument } from './xml.ts'
import { childOf, type Xml } from './xml-element.ts'

/** What the signatures vouch for. */
export type Signed = {
  envelope: Envelope
  /** The assertion, or a response with no other: read from the very text whose digest was signed, or decrypted from it. */
  root: Xml
}

/** Why not, and the check that says so. */
export type Unsigned = { reason: SignInFailureReason; last: SignInCheck }

function readEnvelope(response: Xml): Envelope {
  const issuer = childOf(response, saml, 'Issuer')
  return {
    version: response.attributes.get('Version') ?? '',
    issueInstant: response.attributes.get('IssueInstant') ?? '',
    issuer: issuer && readIssuer(issuer),
    destination: response.attributes.get('Destination') ?? null,
    inResponseTo: response.attributes.get('InResponseTo') ?? null,
  }
}

/** The envelope, from the text that was signed when it was. */
export function readSignedEnvelope(signedTexts: ReadonlyMap<Xml, string>, response: Xml): Envelope {
  const text = signedTexts.get(response)
  return text === undefined ? readEnvelope(response) : readEnvelope(readCanonicalText(text))
}

/** Verifies the signatures of these elements, of which one must have one, and notes it. */
export function checkSignatures(
  document: OpenDocument,
  candidates: readonly CanonicalElement[],
  certificates: readonly IdpCertificate[],
  checks: SignInCheck[],
): { signedTexts: ReadonlyMap<Xml, string> } | Unsigned {
  const verified = verifySignatures(document, candidates, certificates)
  const note = (passed: boolean, expected: string, actual: string) =>
    check('signature', 'Signature', passed, expected, actual)
  if ('reason' in verified) {
    return { reason: verified.reason, last: note(false, verified.expected, verified.actual) }
  }
  const { fingerprintSha256 } = verified.by
  checks.push(note(true, fingerprintSha256, fingerprintSha256))
  return verified
}

/** An assertion in clear: it is signed, or the response around it, or both. */
export function verifyPlain(
  document: OpenDocument,
  assertion: CanonicalElement,
  certificates: readonly IdpCertificate[],
  checks: SignInCheck[],
): Signed | Unsigned {
  const response = document.root
  const verified = checkSignatures(document, [response, assertion], certificates, checks)
  if ('reason' in verified) return verified
  const text = verified.signedTexts.get(assertion) ?? verified.signedTexts.get(response)
  if (text === undefined) throw new Error('nothing was signed, although the signatures held')
  return { envelope: readSignedEnvelope(verified.signedTexts, response), root: readCanonicalText(text) }
}
