import { ds, xenc, xenc11 } from './names.ts'
import type { Oaep, OaepHash } from './unwrap-key.ts'
import { childOf, childrenOf, everyElement, type Xml } from './xml-element.ts'

type BlockCipher = { mode: 'gcm' | 'cbc'; cipher: 'aes-128' | 'aes-192' | 'aes-256'; keyBytes: 16 | 24 | 32 }

/** XML Encryption 1.1, 5.2. Triple DES is not here, and so refused. */
const blockCiphers: Record<string, BlockCipher> = {
  [`${xenc11}aes128-gcm`]: { mode: 'gcm', cipher: 'aes-128', keyBytes: 16 },
  [`${xenc11}aes192-gcm`]: { mode: 'gcm', cipher: 'aes-192', keyBytes: 24 },
  [`${xenc11}aes256-gcm`]: { mode: 'gcm', cipher: 'aes-256', keyBytes: 32 },
  [`${xenc}aes128-cbc`]: { mode: 'cbc', cipher: 'aes-128', keyBytes: 16 },
  [`${xenc}aes192-cbc`]: { mode: 'cbc', cipher: 'aes-192', keyBytes: 24 },
  [`${xenc}aes256-cbc`]: { mode: 'cbc', cipher: 'aes-256', keyBytes: 32 },
}

const digests: Record<string, OaepHash> = { [`${ds}sha1`]: 'sha1', [`${xenc}sha256`]: 'sha256' }
const masks: Record<string, OaepHash> = { [`${xenc11}mgf1sha1`]: 'sha1', [`${xenc11}mgf1sha256`]: 'sha256' }

/** What metadata says that we decrypt, best first. */
export const publishedMethods = (allowCbc: boolean): string[] => [
  ...Object.entries(blockCiphers)
    .filter(([, { mode }]) => mode === 'gcm' || allowCbc)
    .map(([name]) => name),
  `${xenc}rsa-oaep-mgf1p`,
  `${xenc11}rsa-oaep`,
]

export type Encrypted = {
  block: BlockCipher
  /** Initialization vector, ciphertext and, with GCM, tag. */
  data: Buffer
  /** The same key, wrapped for one recipient or for several. */
  keys: { oaep: Oaep; wrapped: Buffer }[]
}

type Unusable = { unusable: string }

const mostRecipients = 4

/** A name out of a message must not find what every object has. */
const lookUp = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

const algorithmOf = (element: Xml | null): string | null => element?.attributes.get('Algorithm') ?? null

function cipherValue(element: Xml): Buffer | null {
  const data = childOf(element, xenc, 'CipherData')
  const text = (data && childOf(data, xenc, 'CipherValue')?.text.replace(/[\t\r\n ]/g, '')) ?? ''
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null
}

/** RSA-OAEP; both SHA-1 unless it says otherwise, and the older name has no other mask (XML Encryption 1.1, 5.5.2). */
function readOaep(method: Xml | null): Oaep | Unusable {
  const name = algorithmOf(method)
  if (method === null || (name !== `${xenc}rsa-oaep-mgf1p` && name !== `${xenc11}rsa-oaep`)) {
    return { unusable: name ?? 'a wrapped key without an EncryptionMethod' }
  }
  const digestName = algorithmOf(childOf(method, ds, 'DigestMethod')) ?? `${ds}sha1`
  const maskElement = childOf(method, xenc11, 'MGF')
  const maskName = algorithmOf(maskElement) ?? `${xenc11}mgf1sha1`
  const digest = lookUp(digests, digestName)
  const mgf = lookUp(masks, maskName)
  if (digest === undefined) return { unusable: `RSA-OAEP with ${digestName}` }
  if (mgf === undefined || (name === `${xenc}rsa-oaep-mgf1p` && mgf !== 'sha1')) {
    return { unusable: `RSA-OAEP with ${maskName}` }
  }
  return { digest, mgf }
}

/** The wrapped keys: in the KeyInfo or beside the EncryptedData; a RetrievalMethod leads to one of these or nowhere. */
function readKeys(container: Xml, data: Xml): Encrypted['keys'] | Unusable {
  const info = childOf(data, ds, 'KeyInfo')
  const elements = [
    ...(info === null ? [] : childrenOf(info, xenc, 'EncryptedKey')),
    ...childrenOf(container, xenc, 'EncryptedKey'),
  ]
  for (const { attributes } of info === null ? [] : childrenOf(info, ds, 'RetrievalMethod')) {
    const uri = attributes.get('URI') ?? ''
    const known = elements.some((element) => uri === `#${element.attributes.get('Id') ?? ''}`)
    if (!known || attributes.get('Type') !== `${xenc}EncryptedKey`) return { unusable: `a RetrievalMethod of "${uri}"` }
  }
  if (elements.length === 0) return { unusable: 'no wrapped key' }
  if (elements.length > mostRecipients) return { unusable: `${elements.length} wrapped keys` }
  const keys: Encrypted['keys'] = []
  for (const element of elements) {
    const oaep = readOaep(childOf(element, xenc, 'EncryptionMethod'))
    if ('unusable' in oaep) return oaep
    const wrapped = cipherValue(element)
    if (wrapped === null) return { unusable: 'a wrapped key that is not Base64' }
    keys.push({ oaep, wrapped })
  }
  return keys
}

/**
 * Reads an EncryptedAssertion or EncryptedID (Core 2.2.4, 2.3.4) that follows the schema and the structure.
 * @returns what is to be decrypted, or what in it is not allowed. Nothing was decrypted yet, so this may be told.
 */
export function readEncrypted(container: Xml): Encrypted | Unusable {
  const [data, ...others] = childrenOf(container, xenc, 'EncryptedData')
  if (data === undefined || others.length > 0) return { unusable: 'not exactly one EncryptedData' }
  const type = data.attributes.get('Type') ?? `${xenc}Element`
  if (type !== `${xenc}Element`) return { unusable: `content of the type ${type}` }
  const name = algorithmOf(childOf(data, xenc, 'EncryptionMethod')) ?? 'no EncryptionMethod'
  const block = lookUp(blockCiphers, name)
  if (block === undefined) return { unusable: name }
  const bytes = cipherValue(data)
  if (bytes === null) return { unusable: 'a CipherValue that is not Base64' }
  const keys = readKeys(container, data)
  return 'unusable' in keys ? keys : { block, data: bytes, keys }
}

/** True when something in the document is encrypted. */
export const holdsCiphertext = (root: Xml): boolean =>
  [...everyElement(root)].some(({ namespace, name }) => namespace === xenc && name === 'EncryptedData')
