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
  'stp',
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
  return compose(prefix, milliseconds, sequence & 0xfff)
}

function compose(prefix: IdPrefix, milliseconds: number, place: number): string {
  const random = BigInt(`0x${randomBytes(9).toString('hex')}`) & ((1n << 68n) - 1n)
  let bits = (BigInt(milliseconds) << 80n) | (BigInt(place) << 68n) | random
  let text = ''
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return `${prefix}_${text}`
}

/** The first ten characters carry the time: two bits of nothing, then its 48. */
function millisecondsOf(id: string): number {
  let bits = 0n
  for (const letter of id.slice(4, 14)) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter))
  return Number(bits)
}

/**
 * A new id that sorts after `last`, which another process may have made by a clock that is ahead of ours. Null: there
 * is none yet.
 */
export function createIdAfter(prefix: IdPrefix, now: Date, last: string | null): string {
  const id = createId(prefix, now)
  return last === null || id > last ? id : compose(prefix, millisecondsOf(last) + 1, 0)
}

/** The prefix of a well-formed id, or null. */
export function idPrefix(id: string): IdPrefix | null {
  const prefix = id.slice(0, 3)
  return /^[a-z]{3}_[0-9a-z]{1,40}$/.test(id) ? (prefixes.find((known) => known === prefix) ?? null) : null
}
