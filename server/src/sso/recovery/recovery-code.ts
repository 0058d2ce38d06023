import { randomBytes } from 'node:crypto'

// Crockford's base 32, as ids have it: no i, l, o, u to misread.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 20

/** A new code of 100 random bits, in four groups: `7K2QD-…`. */
export function createRecoveryCode(): string {
  const code = [...randomBytes(length)].map((byte) => alphabet[byte & 31]).join('')
  return (code.match(/.{5}/g) ?? []).join('-').toUpperCase()
}

/** What is hashed of a code as somebody typed it: letter case, hyphens, spaces and look-alikes do not matter. Null: no code. */
export function normalizeRecoveryCode(typed: string): string | null {
  const text = typed
    .toLowerCase()
    .replace(/[\s-]+/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
  return text.length === length && [...text].every((character) => alphabet.includes(character)) ? text : null
}
