import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createKeyRing, isSealedWithFirst, open, SealProblem, seal } from './sealed-box.ts'

const master = randomBytes(32)
const ring = createKeyRing([master])
const place = { table: 'keys', column: 'secret', rowId: 'key_1' }
const secret = 'a private key, with ümläuts'

/** The sealed text with one bit of its bytes turned over. */
function turnOver(sealed: string, byte: number): string {
  const [version, keyId, body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64url')
  const at = byte < 0 ? bytes.length + byte : byte
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  return [version, keyId, bytes.toString('base64url')].join('.')
}

describe('a sealed box', () => {
  test('gives back what was put in, and shows nothing of it', () => {
    const sealed = seal(ring, secret, place)
    expect(open(ring, sealed, place)).toBe(secret)
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('private')
  })

  test('never comes out the same twice', () => {
    const sealed = Array.from({ length: 1000 }, () => seal(ring, secret, place))
    const nonces = sealed.map((text) => Buffer.from(text.split('.')[2] ?? '', 'base64url').subarray(0, 12))
    expect(new Set(nonces.map((nonce) => nonce.toString('hex'))).size).toBe(1000)
  })

  test.each([
    ['the nonce', 0],
    ['the ciphertext', 12],
    ['the tag', -1],
  ])('does not open when %s was changed', (_, byte) => {
    const sealed = turnOver(seal(ring, secret, place), byte)
    expect(() => open(ring, sealed, place)).toThrow(SealProblem)
  })

  test('does not open when it was cut off, even to a shorter tag', () => {
    const sealed = seal(ring, secret, place)
    const [version, keyId, body = ''] = sealed.split('.')
    for (const bytes of [0, 12, 27, 40]) {
      const cut = Buffer.from(body, 'base64url').subarray(0, bytes).toString('base64url')
      expect(() => open(ring, [version, keyId, cut].join('.'), place)).toThrow(SealProblem)
    }
    expect(() => open(ring, 'a private key in clear', place)).toThrow(SealProblem)
  })

  test.each([
    { ...place, rowId: 'key_2' },
    { ...place, column: 'other' },
    { ...place, table: 'others' },
  ])('does not open in another place: %o', (other) => {
    const sealed = seal(ring, secret, place)
    expect(() => open(ring, sealed, other)).toThrow('belongs to another row')
  })

  test('does not open with another key, and says which one it needs', () => {
    const sealed = seal(ring, secret, place)
    expect(() => open(createKeyRing([randomBytes(32)]), sealed, place)).toThrow(sealed.split('.')[1])
  })

  test('does not open under the name of another key on the ring', () => {
    const both = createKeyRing([randomBytes(32), master])
    const [, , body] = seal(ring, secret, place).split('.')
    expect(() => open(both, ['v1', both.keys[0].id, body].join('.'), place)).toThrow(SealProblem)
  })

  test('of a former key opens as long as that key is on the ring, and the first key seals', () => {
    const sealed = seal(ring, secret, place)
    const rotated = createKeyRing([randomBytes(32), master])
    expect(open(rotated, sealed, place)).toBe(secret)
    expect(isSealedWithFirst(rotated, sealed)).toBe(false)
    expect(isSealedWithFirst(rotated, seal(rotated, secret, place))).toBe(true)
  })

  test('is not locked with the master key itself, nor does its name give the key away', () => {
    const [{ id, key }] = ring.keys
    expect(key.equals(master)).toBe(false)
    expect(key.toString('hex')).not.toContain(id)
    expect(() => createKeyRing([randomBytes(16)])).toThrow('32 bytes')
  })
})
