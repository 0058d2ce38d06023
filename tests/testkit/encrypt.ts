import { constants, createCipheriv, createHash, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const ds = 'http://www.w3.org/2000/09/xmldsig#'
export const xenc = 'http://www.w3.org/2001/04/xmlenc#'
export const xenc11 = 'http://www.w3.org/2009/xmlenc11#'

const blocks = {
  'aes128-gcm': { uri: `${xenc11}aes128-gcm`, cipher: 'aes-128-gcm', bytes: 16 },
  'aes192-gcm': { uri: `${xenc11}aes192-gcm`, cipher: 'aes-192-gcm', bytes: 24 },
  'aes256-gcm': { uri: `${xenc11}aes256-gcm`, cipher: 'aes-256-gcm', bytes: 32 },
  'aes128-cbc': { uri: `${xenc}aes128-cbc`, cipher: 'aes-128-cbc', bytes: 16 },
  'aes192-cbc': { uri: `${xenc}aes192-cbc`, cipher: 'aes-192-cbc', bytes: 24 },
  'aes256-cbc': { uri: `${xenc}aes256-cbc`, cipher: 'aes-256-cbc', bytes: 32 },
  tripledes: { uri: `${xenc}tripledes-cbc`, cipher: 'des-ede3-cbc', bytes: 24 },
} as const
export type Block = keyof typeof blocks

type Hash = 'sha1' | 'sha256' | 'sha512'
const digestUris = { sha1: `${ds}sha1`, sha256: `${xenc}sha256`, sha512: `${xenc}sha512` } as const

export type EncryptOptions = {
  /** The recipient's. */
  publicKey: KeyObject
  block?: Block
  transport?: 'rsa-oaep-mgf1p' | 'rsa-oaep' | 'rsa-1_5'
  /** DigestMethod; null says nothing, which is SHA-1. */
  digest?: Hash | null
  /** MGF, of rsa-oaep alone; null says nothing, which is SHA-1. */
  mgf?: Hash | null
  /** Where the wrapped key stands. */
  place?: 'inside' | 'beside' | 'referred'
  /** Wraps the same key for others, too, in front of the recipient. */
  others?: KeyObject[]
  type?: string | null
  /** Changes the bytes of the ciphertext, initialization vector and tag included. */
  changeData?: (data: Buffer) => Buffer
  /** Changes the plaintext. */
  changePlaintext?: (xml: string) => string
  /** Changes the finished element. */
  change?: (xml: string) => string
}

function mask(seed: Buffer, length: number, hash: Hash): Buffer {
  let bytes = Buffer.alloc(0)
  for (let counter = 0; bytes.length < length; counter += 1) {
    const suffix = Buffer.from([counter >>> 24, counter >>> 16, counter >>> 8, counter])
    bytes = Buffer.concat([
      bytes,
      createHash(hash)
        .update(Buffer.concat([seed, suffix]))
        .digest(),
    ])
  }
  return bytes.subarray(0, length)
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)))

/** EME-OAEP encoding (RFC 8017, 7.1.1), any two hashes. */
function oaep(publicKey: KeyObject, message: Buffer, digest: Hash, mgf: Hash): Buffer {
  const size = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const labelHash = createHash(digest).digest()
  const fill = Buffer.alloc(size - message.length - 2 * labelHash.length - 2)
  const block = Buffer.concat([labelHash, fill, Buffer.from([1]), message])
  const seed = randomBytes(labelHash.length)
  const maskedBlock = xor(block, mask(seed, block.length, mgf))
  const maskedSeed = xor(seed, mask(maskedBlock, seed.length, mgf))
  const encoded = Buffer.concat([Buffer.from([0]), maskedSeed, maskedBlock])
  return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, encoded)
}

function encryptBytes(block: Block, key: Buffer, plaintext: Buffer): Buffer {
  const { cipher } = blocks[block]
  if (cipher.endsWith('gcm')) {
    const iv = randomBytes(12)
    const gcm = createCipheriv(cipher as 'aes-128-gcm', key, iv)
    return Buffer.concat([iv, gcm.update(plaintext), gcm.final(), gcm.getAuthTag()])
  }
  const size = block === 'tripledes' ? 8 : 16
  const iv = randomBytes(size)
  const count = size - (plaintext.length % size)
  // XML Encryption 5.2.2: any bytes, the last one counts them.
  const padding = Buffer.concat([randomBytes(count - 1), Buffer.from([count])])
  const cbc = createCipheriv(cipher, key, iv).setAutoPadding(false)
  return Buffer.concat([iv, cbc.update(plaintext), cbc.update(padding), cbc.final()])
}

function wrappedKey(key: Buffer, publicKey: KeyObject, options: EncryptOptions, scope: string, id: string): string {
  const { transport = 'rsa-oaep-mgf1p', digest = 'sha1', mgf = null } = options
  const wrapped =
    transport === 'rsa-1_5'
      ? publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key)
      : oaep(publicKey, key, digest ?? 'sha1', mgf ?? 'sha1')
  const uri = `${transport === 'rsa-oaep' ? xenc11 : xenc}${transport}`
  const digestXml =
    digest === null || transport === 'rsa-1_5'
      ? ''
      : `<ds:DigestMethod${scope.includes('xmlns:xenc') ? ` xmlns:ds="${ds}"` : ''} Algorithm="${digestUris[digest]}"></ds:DigestMethod>`
  const mgfXml =
    mgf === null ? '' : `<xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${xenc11}mgf1${mgf}"></xenc11:MGF>`
  return `<xenc:EncryptedKey${scope} Id="${id}"><xenc:EncryptionMethod Algorithm="${uri}">${digestXml}${mgfXml}</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>${wrapped.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`
}

/**
 * Encrypts an element for us, in canonical form. Written from XML Encryption alone.
 * @param name EncryptedAssertion, or EncryptedID where the prefix is declared already.
 */
export function encryptElement(
  xml: string,
  name: 'EncryptedAssertion' | 'EncryptedID',
  options: EncryptOptions,
): string {
  const { block = 'aes256-gcm', place = 'inside', type = `${xenc}Element`, others = [] } = options
  const key = randomBytes(blocks[block].bytes)
  const plaintext = (options.changePlaintext ?? ((unchanged: string) => unchanged))(xml)
  const encrypted = encryptBytes(block, key, Buffer.from(plaintext, 'utf8'))
  const data = (options.changeData ?? ((unchanged: Buffer) => unchanged))(encrypted)
  const scope = place === 'inside' ? '' : ` xmlns:xenc="${xenc}"`
  const ids = [...others, options.publicKey].map(() => `_${randomBytes(16).toString('hex')}`)
  const keys = [...others, options.publicKey]
    .map((publicKey, index) => wrappedKey(key, publicKey, options, scope, ids[index] ?? ''))
    .join('')
  const referred = `<ds:RetrievalMethod Type="${xenc}EncryptedKey" URI="#${ids.at(-1)}"></ds:RetrievalMethod>`
  const inInfo = place === 'inside' ? keys : place === 'referred' ? referred : ''
  const info = inInfo === '' ? '' : `<ds:KeyInfo xmlns:ds="${ds}">${inInfo}</ds:KeyInfo>`
  const typeXml = type === null ? '' : ` Type="${type}"`
  const dataXml = `<xenc:EncryptedData xmlns:xenc="${xenc}"${typeXml}><xenc:EncryptionMethod Algorithm="${blocks[block].uri}"></xenc:EncryptionMethod>${info}<xenc:CipherData><xenc:CipherValue>${data.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`
  const declared = name === 'EncryptedAssertion' ? ` xmlns:saml="${saml}"` : ''
  const element = `<saml:${name}${declared}>${dataXml}${place === 'inside' ? '' : keys}</saml:${name}>`
  return (options.change ?? ((unchanged: string) => unchanged))(element)
}
