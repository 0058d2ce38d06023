import { constants, createHash, createHmac, sign } from 'node:crypto'
import type { SigningKey } from './certificates.ts'

export const ds = 'http://www.w3.org/2000/09/xmldsig#'
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#'

/** RFC 9231; and what no identity provider may use any more. */
export const signatureAlgorithms = {
  'rsa-sha256': { uri: `${more}rsa-sha256`, hash: 'sha256' },
  'rsa-sha384': { uri: `${more}rsa-sha384`, hash: 'sha384' },
  'rsa-sha512': { uri: `${more}rsa-sha512`, hash: 'sha512' },
  'rsa-pss-sha256': { uri: `${more2007}sha256-rsa-MGF1`, hash: 'sha256' },
  'rsa-pss-sha384': { uri: `${more2007}sha384-rsa-MGF1`, hash: 'sha384' },
  'rsa-pss-sha512': { uri: `${more2007}sha512-rsa-MGF1`, hash: 'sha512' },
  'ecdsa-sha256': { uri: `${more}ecdsa-sha256`, hash: 'sha256' },
  'ecdsa-sha384': { uri: `${more}ecdsa-sha384`, hash: 'sha384' },
  'ecdsa-sha512': { uri: `${more}ecdsa-sha512`, hash: 'sha512' },
  'rsa-sha1': { uri: `${ds}rsa-sha1`, hash: 'sha1' },
  'rsa-md5': { uri: `${more}rsa-md5`, hash: 'md5' },
  'hmac-sha1': { uri: `${ds}hmac-sha1`, hash: 'sha1' },
  'hmac-sha256': { uri: `${more}hmac-sha256`, hash: 'sha256' },
} as const

export const digestAlgorithms = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: `${more}sha384`,
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  sha1: `${ds}sha1`,
  md5: `${more}md5`,
} as const

export type SignOptions = {
  signer?: SigningKey
  algorithm?: keyof typeof signatureAlgorithms
  digest?: keyof typeof digestAlgorithms
  /** Instead of the key: HMAC with this secret. */
  hmacSecret?: Buffer
  transforms?: string[]
  canonicalization?: string
  referenceUri?: string
  /** Changes SignedInfo before it is signed. */
  changeSignedInfo?: (signedInfo: string) => string
  /** Changes the finished Signature. */
  changeSignature?: (signature: string) => string
  keyInfo?: KeyInfoKind
}

export type KeyInfoKind = 'certificate' | 'key value' | 'none'

const escaped = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** The signature over a canonical SignedInfo, in Base64. */
export function signatureValue(canonical: string, signer: SigningKey, options: SignOptions): string {
  const { hash } = signatureAlgorithms[options.algorithm ?? 'rsa-sha256']
  const data = Buffer.from(canonical, 'utf8')
  if (options.hmacSecret) return createHmac(hash, options.hmacSecret).update(data).digest('base64')
  const key = options.signer?.key ?? signer.key
  const isPss = options.algorithm?.startsWith('rsa-pss') ?? false
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  const how = key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' as const } : isPss ? pss : key
  return sign(hash, data, how).toString('base64')
}

/** The bare public key: RSAKeyValue of XML Signature 4.4.2.2, or ECKeyValue of XML Signature 1.1. */
function keyValue(signer: SigningKey, prefix: string): string {
  const { kty, n, e, crv, x, y } = signer.publicKey.export({ format: 'jwk' })
  const base64 = (url = ''): string => Buffer.from(url, 'base64url').toString('base64')
  if (kty === 'RSA') {
    return `<${prefix}RSAKeyValue><${prefix}Modulus>${base64(n)}</${prefix}Modulus><${prefix}Exponent>${base64(e)}</${prefix}Exponent></${prefix}RSAKeyValue>`
  }
  const curves: Record<string, string> = {
    'P-256': '1.2.840.10045.3.1.7',
    'P-384': '1.3.132.0.34',
    'P-521': '1.3.132.0.35',
  }
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')])
  return `<dsig11:ECKeyValue xmlns:dsig11="http://www.w3.org/2009/xmldsig11#"><dsig11:NamedCurve URI="urn:oid:${curves[crv ?? '']}"></dsig11:NamedCurve><dsig11:PublicKey>${point.toString('base64')}</dsig11:PublicKey></dsig11:ECKeyValue>`
}

/** @param prefix with its colon, as of all names in the signature. */
export function keyInfo(signer: SigningKey, kind: KeyInfoKind = 'certificate', prefix = 'ds:'): string {
  if (kind === 'none') return ''
  const data =
    kind === 'certificate'
      ? `<${prefix}X509Data><${prefix}X509Certificate>${signer.der.toString('base64')}</${prefix}X509Certificate></${prefix}X509Data>`
      : `<${prefix}KeyValue>${keyValue(signer, prefix)}</${prefix}KeyValue>`
  return `<${prefix}KeyInfo>${data}</${prefix}KeyInfo>`
}

/**
 * Signs an element that is in canonical form already (as everything the identity provider makes by itself), enveloped,
 * after its Issuer. Written from XML Signature alone: no library that the server uses has a part in it.
 */
export function signElement(xml: string, signer: SigningKey, options: SignOptions = {}): string {
  const id = /\bID="([^"]+)"/.exec(xml)?.[1] ?? ''
  const algorithm = signatureAlgorithms[options.algorithm ?? 'rsa-sha256']
  const digest = options.digest ?? 'sha256'
  const transforms = options.transforms ?? [`${ds}enveloped-signature`, exclusive]
  const digestValue = createHash(digest).update(xml, 'utf8').digest('base64')
  const reference =
    `<ds:Reference URI="${escaped(options.referenceUri ?? `#${id}`)}"><ds:Transforms>` +
    transforms.map((uri) => `<ds:Transform Algorithm="${uri}"></ds:Transform>`).join('') +
    `</ds:Transforms><ds:DigestMethod Algorithm="${digestAlgorithms[digest]}"></ds:DigestMethod><ds:DigestValue>${digestValue}</ds:DigestValue></ds:Reference>`
  const body =
    `<ds:CanonicalizationMethod Algorithm="${options.canonicalization ?? exclusive}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${algorithm.uri}"></ds:SignatureMethod>${reference}</ds:SignedInfo>`
  const change = options.changeSignedInfo ?? ((signedInfo: string) => signedInfo)
  const canonical = change(`<ds:SignedInfo xmlns:ds="${ds}">${body}`)
  const value = signatureValue(canonical, signer, options)
  const signature =
    `<ds:Signature xmlns:ds="${ds}">${canonical.replace(` xmlns:ds="${ds}"`, '')}` +
    `<ds:SignatureValue>${value}</ds:SignatureValue>${keyInfo(options.signer ?? signer, options.keyInfo)}</ds:Signature>`
  const finished = (options.changeSignature ?? ((unchanged: string) => unchanged))(signature)
  const at = xml.indexOf('</saml:Issuer>') + '</saml:Issuer>'.length
  return xml.slice(0, at) + finished + xml.slice(at)
}
