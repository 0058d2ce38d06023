import { readCanonicalText } from './canonical-text.ts'
import type { IdpCertificate } from './certificate.ts'
import { checkLogout, type LogoutExpectations } from './check-logout.ts'
import { checkStructure } from './check-structure.ts'
import type { Delivered } from './delivered-message.ts'
import { type LogoutProblem, logoutProblem } from './logout-failure.ts'
import { ds, saml, samlp } from './names.ts'
import { type LogoutMessage, readLogout } from './read-logout.ts'
import { readPost } from './read-post.ts'
import { readRedirect } from './read-redirect.ts'
import { verifySignatures } from './verify-signature.ts'
import { type OpenDocument, withXml } from './xml.ts'
import { childOf, XmlProblem } from './xml-element.ts'

/** A logout message as the browser brought it. */
export type Carried =
  /** The query as it arrived, without the question mark: its signature is over these very characters. */
  { binding: 'redirect'; query: string } | { binding: 'post'; fields: Record<string, unknown> }

export type LogoutTrust = LogoutExpectations & {
  /** One at least. */
  certificates: readonly IdpCertificate[]
}

export type VerifiedLogout = { message: LogoutMessage; relayState: string | null }

const names = { request: 'LogoutRequest', response: 'LogoutResponse' } as const

/** The document before its signature counts: right root, schema, and nothing that has no place. */
function checkDocument(document: OpenDocument, kind: Delivered['kind']): LogoutProblem | null {
  const { root } = document
  const expected = `a SAML 2.0 ${names[kind]}`
  if (root.namespace !== samlp || root.name !== names[kind]) {
    return logoutProblem('MESSAGE_MALFORMED', expected, `<${root.name}>`)
  }
  try {
    document.validate()
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return logoutProblem('MESSAGE_MALFORMED', expected, error.message)
  }
  if (childOf(root, saml, 'EncryptedID') !== null) {
    return logoutProblem('NAME_ID_ENCRYPTED', 'a NameID in the clear', 'an EncryptedID')
  }
  const misplaced = checkStructure(root)
  return misplaced === null ? null : logoutProblem('MESSAGE_NOT_ALLOWED', 'what a logout consists of', misplaced)
}

/** HTTP-Redirect: the signature over the query held already, and takes the place of one inside (Bindings 3.4.4.1). */
function readSignedQuery(document: OpenDocument, kind: Delivered['kind']): LogoutMessage | LogoutProblem {
  return childOf(document.root, ds, 'Signature') === null
    ? readLogout(kind, document.root)
    : logoutProblem('MESSAGE_NOT_ALLOWED', 'a signature over the query alone', 'one inside the message too')
}

/** HTTP-POST: the signature must be of the whole message, and what counts is read again from the signed text. */
function readSignedDocument(
  document: OpenDocument,
  kind: Delivered['kind'],
  certificates: readonly IdpCertificate[],
): LogoutMessage | LogoutProblem {
  const verified = verifySignatures(document, [document.root], certificates)
  if ('reason' in verified) {
    const { reason, expected, actual } = verified
    return logoutProblem(reason, reason === 'SIGNATURE_MISSING' ? 'a signed message' : expected, actual)
  }
  const text = verified.signedTexts.get(document.root)
  if (text === undefined) throw new Error('nothing was signed, although the signature held')
  return readLogout(kind, readCanonicalText(text))
}

function readMessage(carried: Carried, delivered: Delivered, trust: LogoutTrust): LogoutMessage | LogoutProblem {
  const { kind, text } = delivered
  try {
    return withXml(
      text,
      (document) =>
        checkDocument(document, kind) ??
        (carried.binding === 'redirect'
          ? readSignedQuery(document, kind)
          : readSignedDocument(document, kind, trust.certificates)),
    )
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return logoutProblem('MESSAGE_MALFORMED', `a SAML 2.0 ${names[kind]}`, error.message)
  }
}

/**
 * Decides about a logout message from its text alone (Core 3.7, Profiles 4.4): no database, no network, no clock of
 * its own. A signature is mandatory: without one anybody could sign anybody out.
 */
export function verifyLogout(carried: Carried, trust: LogoutTrust): VerifiedLogout | LogoutProblem {
  if (trust.certificates.length === 0) throw new Error('a logout message is verified without any trusted certificate')
  const delivered =
    carried.binding === 'redirect' ? readRedirect(carried.query, trust.certificates) : readPost(carried.fields)
  if ('reason' in delivered) return delivered
  const message = readMessage(carried, delivered, trust)
  if ('reason' in message) return message
  return checkLogout(message, trust) ?? { message, relayState: delivered.relayState }
}
