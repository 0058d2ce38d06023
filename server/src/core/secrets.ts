import { createHash, randomBytes } from 'node:crypto'

/** A new secret of 256 random bits, 43 characters of base64url. */
export const randomSecret = (): string => randomBytes(32).toString('base64url')

/**
 * SHA-256, lower-case hex. Enough for secrets of full entropy, which is all it is used for; passwords go through
 * argon2id.
 */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
