import { createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { withoutDeclaration } from './decode-response.ts'
import { type Encrypted, readEncrypted } from './encryption-method.ts'
import { unwrapKey } from './unwrap-key.ts'
import type { Xml } from './xml-element.ts'

/** Our side of encryption towards one identity provider. */
export type Decryption = {
  /** Private RSA keys; two while one takes over from the other. None: what is encrypted is refused. */
  keys: readonly KeyObject[]
  /** AES-CBC says nothing about whether the ciphertext was changed, so it is taken only where an owner chose to. */
  allowCbc: boolean
}

export type DecryptionProblem = {
  reason: 'ASSERTION_ENCRYPTED' | 'ENCRYPTION_NOT_ALLOWED' | 'DECRYPTION_FAILED'
  expected: string
  actual: string
}

const tagBytes = 16

/**
 * The key that the content is encrypted with. All of our keys are tried on each wrapped key; without success a random one
 * takes its place, so that a wrong key and a changed ciphertext fail at the same point.
 */
function contentKey({ block, keys }: Encrypted, ours: readonly KeyObject[]): Buffer {
  const unwrapped = keys.flatMap(({ oaep, wrapped }) => ours.map((key) => unwrapKey(key, wrapped, oaep)))
  return unwrapped.find((key) => key?.length === block.keyBytes) ?? randomBytes(block.keyBytes)
}

function openGcm(data: Buffer, cipher: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm', key: Buffer): Buffer | null {
  if (data.length < 12 + tagBytes) return null
  const decipher = createDecipheriv(cipher, key, data.subarray(0, 12), { authTagLength: tagBytes })
  decipher.setAuthTag(data.subarray(-tagBytes))
  const text = decipher.update(data.subarray(12, -tagBytes))
  try {
    return Buffer.concat([text, decipher.final()])
  } catch {
    return null
  }
}

/**
 * The last byte counts the padding (XML Encryption 1.1, 5.2.2). A count that cannot be is no error here: what comes out is
 * no XML, and fails where all other garbage does. A padding error of its own would be an oracle.
 */
function openCbc(data: Buffer, cipher: string, key: Buffer): Buffer | null {
  if (data.length < 32 || data.length % 16 !== 0) return null
  const decipher = createDecipheriv(cipher, key, data.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(data.subarray(16)), decipher.final()])
  const count = padded.readUInt8(padded.length - 1)
  return padded.subarray(0, padded.length - (count >= 1 && count <= 16 ? count : 0))
}

function decrypt(encrypted: Encrypted, ours: readonly KeyObject[]): string | null {
  const { block, data } = encrypted
  const key = contentKey(encrypted, ours)
  const bytes =
    block.mode === 'gcm' ? openGcm(data, `${block.cipher}-gcm`, key) : openCbc(data, `${block.cipher}-cbc`, key)
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

export const decryptionFailed = (actual: string): DecryptionProblem => ({
  reason: 'DECRYPTION_FAILED',
  expected: 'what this connection’s encryption certificate encrypted, unchanged',
  actual,
})

/**
 * Decrypts an EncryptedAssertion or EncryptedID.
 * @returns its text, which nothing vouches for yet; `malleable` when others than the sender can have changed it. Else
 * why not.
 */
export function decryptElement(
  container: Xml,
  { keys, allowCbc }: Decryption,
): { plaintext: string; malleable: boolean } | DecryptionProblem {
  if (keys.length === 0) {
    return { reason: 'ASSERTION_ENCRYPTED', expected: 'an encryption certificate of this connection', actual: 'none' }
  }
  const encrypted = readEncrypted(container)
  const expected = `RSA-OAEP with AES-GCM${allowCbc ? ' or AES-CBC' : ''}`
  if ('unusable' in encrypted) return { reason: 'ENCRYPTION_NOT_ALLOWED', expected, actual: encrypted.unusable }
  const malleable = encrypted.block.mode === 'cbc'
  if (malleable && !allowCbc) return { reason: 'ENCRYPTION_NOT_ALLOWED', expected, actual: 'AES-CBC' }
  const text = decrypt(encrypted, keys)
  return text === null ? decryptionFailed('something else') : { plaintext: withoutDeclaration(text), malleable }
}
