import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import { type CanonicalElement, readCanonicalText } from './canonical-text.ts'
import type { IdpCertificate } from './certificate.ts'
import { checkStructure } from './check-structure.ts'
import { findUnacceptable } from './decode-response.ts'
import { type Decryption, type DecryptionProblem, decryptElement, decryptionFailed } from './decrypt-element.ts'
import { ds, saml } from './names.ts'
import { type AssertionContent, readAssertion, readNameId } from './read-assertion.ts'
import { checkSignatures, readSignedEnvelope, type Signed, type Unsigned } from './signed-content.ts'
import { type OpenDocument, withXml } from './xml.ts'
import { childOf, childrenOf, type Xml, XmlProblem } from './xml-element.ts'

const note = (passed: boolean, expected: string | null, actual: string | null): SignInCheck =>
  check('decryption', 'Decryption', passed, expected, actual)

const refused = ({ reason, expected, actual }: DecryptionProblem): Unsigned => ({
  reason,
  last: note(false, expected, actual),
})

/**
 * Opens what was decrypted, alone or in its place, and holds it to everything that a message must follow that arrives:
 * what was hidden from the first look gets a second one. Whatever is wrong has one reason for the outside.
 */
function withDecrypted<T extends object>(
  text: string,
  use: (plain: OpenDocument) => T | DecryptionProblem,
): T | DecryptionProblem {
  const unacceptable = findUnacceptable(text)
  if (unacceptable !== null) return decryptionFailed(unacceptable)
  try {
    return withXml(text, (plain) => {
      plain.validate()
      const misplaced = checkStructure(plain.root)
      return misplaced === null ? use(plain) : decryptionFailed(misplaced)
    })
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return decryptionFailed(error.message)
  }
}

type Keys = { certificates: readonly IdpCertificate[]; decryption: Decryption }

/**
 * An encrypted assertion (Core 6.2): first the signature of the response, over the ciphertext, then the decryption, then
 * the signature of what was encrypted. Anybody can encrypt for us, so that one of the two signatures must be there.
 */
export function verifyEncrypted(
  document: OpenDocument,
  encrypted: CanonicalElement,
  keys: Keys,
  checks: SignInCheck[],
): Signed | Unsigned {
  const response = document.root
  const signed = childOf(response, ds, 'Signature') !== null
  const outer = signed ? checkSignatures(document, [response], keys.certificates, checks) : null
  if (outer !== null && 'reason' in outer) return outer
  const envelope = readSignedEnvelope(outer?.signedTexts ?? new Map(), response)
  const opened = decryptElement(encrypted, keys.decryption)
  if ('reason' in opened) return refused(opened)
  const found = withDecrypted(document.replace(encrypted, opened.plaintext), (plain) =>
    readInner(plain, { signed, malleable: opened.malleable }, keys, checks),
  )
  if ('last' in found) return found
  return 'reason' in found ? refused(found) : { envelope, root: found.root }
}

/** The assertion that was encrypted. @returns what is signed, or was decrypted from what is signed. */
function readInner(
  plain: OpenDocument,
  { signed, malleable }: { signed: boolean; malleable: boolean },
  { certificates }: Keys,
  checks: SignInCheck[],
): { root: Xml } | Unsigned | DecryptionProblem {
  const [assertion, ...others] = childrenOf(plain.root, saml, 'Assertion')
  if (assertion === undefined || others.length > 0) return decryptionFailed('not exactly one assertion')
  checks.push(note(true, 'one assertion, encrypted for this connection', 'one assertion'))
  if (signed && childOf(assertion, ds, 'Signature') === null) return { root: plain.root }
  const inner = checkSignatures(plain, [assertion], certificates, checks)
  if ('reason' in inner) {
    // Whoever can change ciphertext must not learn whether an assertion comes out of it (Jager and Somorovsky 2011).
    return malleable && !signed ? { ...inner, reason: 'DECRYPTION_FAILED' } : inner
  }
  const signedText = inner.signedTexts.get(assertion)
  if (signedText === undefined) throw new Error('the assertion is not signed, although its signature held')
  return { root: readCanonicalText(signedText) }
}

const assertionIn = (root: Xml): Xml => {
  const [assertion, ...others] = root.name === 'Assertion' ? [root] : childrenOf(root, saml, 'Assertion')
  if (assertion === undefined || others.length > 0) throw new Error('what was signed lost its assertion')
  return assertion
}

/**
 * Reads the signed assertion, and the subject's name where that is encrypted (Core 2.2.4). It is read by itself, as it was
 * encrypted: nothing in it can become anything else in the assertion.
 */
export function readSigned(
  signed: Xml,
  decryption: Decryption,
  checks: SignInCheck[],
): { content: AssertionContent } | Unsigned {
  const assertion = assertionIn(signed)
  const subject = childOf(assertion, saml, 'Subject')
  const encryptedId = subject && childOf(subject, saml, 'EncryptedID')
  if (encryptedId === null) return { content: readAssertion(assertion) }
  const opened = decryptElement(encryptedId, decryption)
  if ('reason' in opened) return refused(opened)
  const found = withDecrypted(opened.plaintext, ({ root }) =>
    root.namespace === saml && root.name === 'NameID'
      ? { content: { ...readAssertion(assertion), nameId: readNameId(root) } }
      : decryptionFailed(`<${root.name}>`),
  )
  if ('reason' in found) return refused(found)
  checks.push(note(true, 'a name, encrypted for this connection', 'a NameID'))
  return found
}
