import { randomBytes } from 'node:crypto'

const prefixes = [
  'org',
  'usr',
  'mem',
  'rol',
  'sso',
  'tok',
  'aud',
  'att',
  'ses',
  'idn',
  'lnk',
  'inv',
  'req',
  'key',
  'tst',
  'eml',
  'dom',
  'rcv',
] as const
export type IdPrefix = (typeof prefixes)[number]

// Crockford's base 32, lower case: no i, l, o, u to misread.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

let lastMilliseconds = 0
let sequence = 0

/**
 * A new global id such as `mem_01jd…`: the prefix, then 26 characters of base 32 carrying 48 bits of time
 * (milliseconds), a 12-bit sequence within the millisecond and 68 random bits. Ids made by one process sort by
 * the order of their making, so they serve as keyset cursors.
 */
export function createId(prefix: IdPrefix, now: Date): string {
  const milliseconds = now.getTime()
  sequence = milliseconds === lastMilliseconds ? sequence + 1 : 0
  lastMilliseconds = milliseconds
  const random = BigInt(`0x${randomBytes(9).toString('hex')}`) & ((1n << 68n) - 1n)
  let bits = (BigInt(milliseconds) << 80n) | (BigInt(sequence & 0xfff) << 68n) | random
  let text = ''
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return `${prefix}_${text}`
}

/** The prefix of a well-formed id, or null. */
export function idPrefix(id: string): IdPrefix | null {
  const prefix = id.slice(0, 3)
  return /^[a-z]{3}_[0-9a-z]{1,40}$/.test(id) ? (prefixes.find((known) => known === prefix) ?? null) : null
}
