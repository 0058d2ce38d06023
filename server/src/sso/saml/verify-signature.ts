import { constants, hash, timingSafeEqual, verify, X509Certificate } from 'node:crypto'
import { type CanonicalElement, readCanonicalText } from './canonical-text.ts'
import type { IdpCertificate } from './certificate.ts'
import { ds, exclusiveC14n } from './names.ts'
import type { OpenDocument } from './xml.ts'
import { childOf, childrenOf, type Xml } from './xml-element.ts'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const pss = 'http://www.w3.org/2007/05/xmldsig-more#'
const enveloped = `${ds}enveloped-signature`

/** Each is looked up for each element, and SignedInfo is canonicalized before anything of it is known to be genuine. */
const prefixLimit = 64

type SignatureAlgorithm = { hash: 'sha256' | 'sha384' | 'sha512'; key: 'rsa' | 'rsa-pss' | 'ec' }

/** RFC 9231. SHA-1, MD5, HMAC and everything unknown are not here, and so refused. */
const signatureAlgorithms: Record<string, SignatureAlgorithm> = {
  [`${more}rsa-sha256`]: { hash: 'sha256', key: 'rsa' },
  [`${more}rsa-sha384`]: { hash: 'sha384', key: 'rsa' },
  [`${more}rsa-sha512`]: { hash: 'sha512', key: 'rsa' },
  [`${pss}sha256-rsa-MGF1`]: { hash: 'sha256', key: 'rsa-pss' },
  [`${pss}sha384-rsa-MGF1`]: { hash: 'sha384', key: 'rsa-pss' },
  [`${pss}sha512-rsa-MGF1`]: { hash: 'sha512', key: 'rsa-pss' },
  [`${more}ecdsa-sha256`]: { hash: 'sha256', key: 'ec' },
  [`${more}ecdsa-sha384`]: { hash: 'sha384', key: 'ec' },
  [`${more}ecdsa-sha512`]: { hash: 'sha512', key: 'ec' },
}

const digestAlgorithms: Record<string, string> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  [`${more}sha384`]: 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
}

/** The algorithm with this identifier; undefined when it may not be used. */
export const allowedAlgorithm = (uri: string): SignatureAlgorithm | undefined =>
  Object.hasOwn(signatureAlgorithms, uri) ? signatureAlgorithms[uri] : undefined

type Problem = {
  reason: 'SIGNATURE_MISSING' | 'ALGORITHM_NOT_ALLOWED' | 'SIGNATURE_INVALID'
  expected: string
  actual: string
}

type ReadSignature = {
  signed: CanonicalElement
  element: CanonicalElement
  /** The text that the signature's value is of, and that what follows was read from. */
  signedInfo: string
  algorithm: SignatureAlgorithm
  value: Buffer
  digest: { algorithm: string; value: Buffer }
  inclusivePrefixes: string[]
  keyInfo: Xml | null
}

const algorithmOf = (element: Xml | null): string => element?.attributes.get('Algorithm') ?? 'none'

function notAllowed(expected: string, actual: string): Problem {
  return { reason: 'ALGORITHM_NOT_ALLOWED', expected, actual }
}

const tooManyPrefixes = notAllowed(`at most ${prefixLimit} prefixes to canonicalize with`, 'more')

function base64(text: string): Buffer | null {
  const packed = text.replace(/[\t\r\n ]/g, '')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(packed) ? Buffer.from(packed, 'base64') : null
}

function inclusivePrefixesOf(element: Xml | null): string[] {
  const namespaces = element === null ? null : childOf(element, exclusiveC14n, 'InclusiveNamespaces')
  return (namespaces?.attributes.get('PrefixList') ?? '').split(/\s+/).filter((prefix) => prefix !== '')
}

/**
 * Reads one signature of `signed`, holding it to the profile of Core 5.4: one reference, to its parent, two transforms.
 * What is signed about the signature is read from the canonical text of SignedInfo, not from the document.
 */
function readSignature(
  document: OpenDocument,
  signed: CanonicalElement,
  element: CanonicalElement,
): ReadSignature | Problem {
  const arrived = childOf(element, ds, 'SignedInfo')
  const canonicalization = arrived && childOf(arrived, ds, 'CanonicalizationMethod')
  if (arrived === null || algorithmOf(canonicalization) !== exclusiveC14n) {
    return notAllowed(exclusiveC14n, algorithmOf(canonicalization))
  }
  const infoPrefixes = inclusivePrefixesOf(canonicalization)
  if (infoPrefixes.length > prefixLimit) return tooManyPrefixes
  const text = document.canonicalize(arrived, infoPrefixes, null)
  const signedInfo = readCanonicalText(text)
  const references = childrenOf(signedInfo, ds, 'Reference')
  const [reference] = references
  if (reference === undefined || references.length !== 1) {
    return notAllowed('one Reference', `${references.length} References`)
  }
  const method = childOf(signedInfo, ds, 'SignatureMethod')
  const algorithm = allowedAlgorithm(algorithmOf(method))
  if (algorithm === undefined) return notAllowed('RSA or ECDSA with SHA-256 or better', algorithmOf(method))
  const id = signed.attributes.get('ID') ?? ''
  const uri = reference.attributes.get('URI')
  if (id === '' || uri !== `#${id}`) return notAllowed(`a Reference to #${id}`, uri ?? 'none')
  const transformList = childOf(reference, ds, 'Transforms')
  const transforms = transformList === null ? [] : childrenOf(transformList, ds, 'Transform')
  const names = transforms.map(algorithmOf)
  if (names.length !== 2 || names[0] !== enveloped || names[1] !== exclusiveC14n) {
    return notAllowed('the transforms enveloped-signature and exclusive canonicalization', names.join(', ') || 'none')
  }
  const contentPrefixes = inclusivePrefixesOf(transforms[1] ?? null)
  if (contentPrefixes.length > prefixLimit) return tooManyPrefixes
  const digestMethod = algorithmOf(childOf(reference, ds, 'DigestMethod'))
  const digestAlgorithm = Object.hasOwn(digestAlgorithms, digestMethod) ? digestAlgorithms[digestMethod] : undefined
  if (digestAlgorithm === undefined) return notAllowed('a digest with SHA-256 or better', digestMethod)
  const digest = base64(childOf(reference, ds, 'DigestValue')?.text ?? '')
  const value = base64(childOf(element, ds, 'SignatureValue')?.text ?? '')
  if (digest === null || value === null) return notAllowed('a digest and a signature in Base64', 'something else')
  return {
    signed,
    element,
    signedInfo: text,
    algorithm,
    value,
    digest: { algorithm: digestAlgorithm, value: digest },
    inclusivePrefixes: contentPrefixes,
    keyInfo: childOf(element, ds, 'KeyInfo'),
  }
}

/** True when `value` is the signature of the text `signedInfo` with the key of this certificate. */
export function isSignedWith(
  { publicKey }: IdpCertificate,
  { algorithm, signedInfo, value }: Pick<ReadSignature, 'algorithm' | 'signedInfo' | 'value'>,
): boolean {
  const kind = publicKey.asymmetricKeyType
  const fits =
    algorithm.key === 'ec' ? kind === 'ec' : kind === 'rsa' || (algorithm.key === 'rsa-pss' && kind === 'rsa-pss')
  if (!fits) return false
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants
  const key = {
    // The bare key, whose padding is that of PKCS #1 v1.5: Node takes it as it is, and copies keys with options.
    rsa: publicKey,
    'rsa-pss': { key: publicKey, padding, saltLength },
    ec: { key: publicKey, dsaEncoding: 'ieee-p1363' as const },
  }[algorithm.key]
  return verify(algorithm.hash, Buffer.from(signedInfo, 'utf8'), key, value)
}

/** The certificate that came along, for the owner to compare. It decides nothing. */
function describeKeyInfo(keyInfo: Xml | null): string {
  const data = keyInfo === null ? null : childOf(keyInfo, ds, 'X509Data')
  const text = data === null ? null : (childOf(data, ds, 'X509Certificate')?.text ?? null)
  if (text === null) return 'a signature that came without a certificate'
  try {
    const { fingerprint256 } = new X509Certificate(Buffer.from(text, 'base64'))
    return fingerprint256
  } catch {
    return 'a certificate that cannot be read'
  }
}

const trustedNames = (certificates: readonly IdpCertificate[]): string =>
  certificates.map((certificate) => certificate.fingerprintSha256).join(' or ')

/**
 * Verifies every signature of the response and of its assertion, in that order, with the keys of this connection alone.
 * A certificate inside the message decides nothing: it is shown to the owner when no key fits. One signature at least
 * must be there, and all must hold.
 * @returns for each signed element exactly the text whose digest was signed: all that may be read afterwards.
 */
export function verifySignatures(
  document: OpenDocument,
  candidates: readonly CanonicalElement[],
  certificates: readonly IdpCertificate[],
): { signedTexts: Map<Xml, string>; by: IdpCertificate } | Problem {
  if (certificates.length === 0) throw new Error('a response is verified without any trusted certificate')
  const found: ReadSignature[] = []
  for (const signed of candidates) {
    const element = childOf(signed, ds, 'Signature')
    if (element === null) continue
    const read = readSignature(document, signed, element)
    if ('reason' in read) return read
    found.push(read)
  }
  const signedTexts = new Map<Xml, string>()
  let by: IdpCertificate | null = null
  for (const signature of found) {
    const signer = certificates.find((certificate) => isSignedWith(certificate, signature))
    if (signer === undefined) {
      const shown = describeKeyInfo(signature.keyInfo)
      const known = certificates.some((certificate) => certificate.fingerprintSha256 === shown)
      const actual = known ? `${shown}, but the signature does not fit: the message was changed` : shown
      return { reason: 'SIGNATURE_INVALID', expected: trustedNames(certificates), actual }
    }
    const text = document.canonicalize(signature.signed, signature.inclusivePrefixes, signature.element)
    const digest = hash(signature.digest.algorithm, text, 'buffer')
    if (digest.length !== signature.digest.value.length || !timingSafeEqual(digest, signature.digest.value)) {
      return {
        reason: 'SIGNATURE_INVALID',
        expected: 'the content that was signed',
        actual: 'content that was changed afterwards',
      }
    }
    signedTexts.set(signature.signed, text)
    by = signer
  }
  if (by === null)
    return { reason: 'SIGNATURE_MISSING', expected: 'a signed response or assertion', actual: 'no signature' }
  return { signedTexts, by }
}
