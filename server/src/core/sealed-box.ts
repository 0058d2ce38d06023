import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** Where a sealed value stands. It opens there and nowhere else: no row can be given another row's secret. */
export type Place = { table: string; column: string; rowId: string }

type DataKey = { id: string; key: Buffer }

/** The first key seals; any of them opens. */
export type KeyRing = { readonly keys: readonly [DataKey, ...DataKey[]] }

/** A sealed value that does not open: of a key that is not on the ring, moved, or changed. */
export class SealProblem extends Error {}

const version = 'v1'
const nonceBytes = 12
const tagBytes = 16

export const masterKeyBytes = 32

/** The key that seals is not the master key itself, so that the master key may serve other purposes, too. */
function deriveDataKey(masterKey: Buffer): DataKey {
  if (masterKey.length !== masterKeyBytes) throw new Error(`a master key has ${masterKeyBytes} bytes`)
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `gatehouse ${version} ${purpose}`, 32))
  const key = derive('sealed box')
  return { id: createHash('sha256').update(derive('key id')).digest('hex').slice(0, 16), key }
}

/** @param masterKeys 32 random bytes each; the first one seals. */
export function createKeyRing(masterKeys: readonly [Buffer, ...Buffer[]]): KeyRing {
  const [first, ...others] = masterKeys
  return { keys: [deriveDataKey(first), ...others.map(deriveDataKey)] }
}

const context = ({ table, column, rowId }: Place, keyId: string): Buffer =>
  Buffer.from([version, table, column, rowId, keyId].join('|'), 'utf8')

/**
 * Encrypts a secret for one column of one row, with AES-256-GCM and a random nonce of 96 bits. At random, the nonces of
 * one key may be trusted not to meet for 2^32 values (NIST SP 800-38D, 8.3), which nobody keeps here.
 * @returns `v1.<key id>.<nonce, ciphertext and tag in base64url>`
 */
export function seal(ring: KeyRing, secret: string, place: Place): string {
  const [{ id, key }] = ring.keys
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(context(place, id))
  const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [version, id, sealed.toString('base64url')].join('.')
}

/** @throws SealProblem */
export function open(ring: KeyRing, sealed: string, place: Place): string {
  const [marked, keyId, body = ''] = sealed.split('.')
  if (marked !== version) throw new SealProblem('this is not a sealed value')
  const key = ring.keys.find((known) => known.id === keyId)
  if (key === undefined) throw new SealProblem(`sealed with the key ${keyId}, which is not here`)
  const bytes = Buffer.from(body, 'base64url')
  if (bytes.length < nonceBytes + tagBytes) throw new SealProblem('the sealed value is cut off')
  const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(context(place, key.id))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    const secret = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
    return Buffer.concat([secret, decipher.final()]).toString('utf8')
  } catch (error) {
    throw new SealProblem('the sealed value was changed, or belongs to another row', { cause: error })
  }
}

/** The id of the key that sealed it. */
export const keyIdOf = (sealed: string): string => sealed.split('.')[1] ?? ''

/** True when the value was sealed with the key that seals now. */
export const isSealedWithFirst = (ring: KeyRing, sealed: string): boolean => keyIdOf(sealed) === ring.keys[0].id
