import { constants, createHash, type KeyObject, privateDecrypt } from 'node:crypto'

export type OaepHash = 'sha1' | 'sha256'
export type Oaep = { digest: OaepHash; mgf: OaepHash }

/** MGF1 (RFC 8017, B.2.1). */
function mask(seed: Buffer, length: number, hash: OaepHash): Buffer {
  const blocks: Buffer[] = []
  for (let counter = 0, size = 0; size < length; counter += 1) {
    const suffix = Buffer.alloc(4)
    suffix.writeUInt32BE(counter)
    const block = createHash(hash).update(seed).update(suffix).digest()
    blocks.push(block)
    size += block.length
  }
  return Buffer.concat(blocks).subarray(0, length)
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)))

/** 1 when the byte is zero, else 0. */
const isZero = (byte: number): number => (byte - 1) >>> 31

/**
 * EME-OAEP decoding without a label (RFC 8017, 7.1.2, step 3). Everything is looked at before anything is decided: which
 * part was wrong must not show, or the key could be asked for its plaintexts bit by bit (Manger 2001).
 */
function decode(encoded: Buffer, { digest, mgf }: Oaep): Buffer | null {
  const labelHash = createHash(digest).digest()
  const size = labelHash.length
  if (encoded.length < 2 * size + 2) return null
  const maskedSeed = encoded.subarray(1, size + 1)
  const maskedBlock = encoded.subarray(size + 1)
  const seed = xor(maskedSeed, mask(maskedBlock, size, mgf))
  const block = xor(maskedBlock, mask(seed, maskedBlock.length, mgf))
  let wrong = encoded.readUInt8(0)
  for (let at = 0; at < size; at += 1) wrong |= block.readUInt8(at) ^ labelHash.readUInt8(at)
  // Zeros, then a one, then the message.
  let found = 0
  let start = size
  for (let at = size; at < block.length; at += 1) {
    const byte = block.readUInt8(at)
    const one = isZero(byte ^ 1)
    wrong |= (1 - found) & (1 - one) & (1 - isZero(byte))
    found |= one
    start += 1 - found
  }
  wrong |= 1 - found
  return wrong === 0 ? block.subarray(start + 1) : null
}

/**
 * Unwraps a key with RSA-OAEP (XML Encryption 1.1, 5.5.2). Node names one hash for digest and mask; where the two differ,
 * as they do at identity providers that name SHA-256 and leave the mask at its default of SHA-1, it does the
 * exponentiation alone.
 * @returns null when this is not the key, or the value was changed: nobody can tell.
 */
export function unwrapKey(privateKey: KeyObject, wrapped: Buffer, oaep: Oaep): Buffer | null {
  try {
    if (oaep.digest === oaep.mgf) {
      const padding = constants.RSA_PKCS1_OAEP_PADDING
      return privateDecrypt({ key: privateKey, padding, oaepHash: oaep.digest }, wrapped)
    }
    return decode(privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, wrapped), oaep)
  } catch {
    return null
  }
}
