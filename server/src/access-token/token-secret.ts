import { createHash } from 'node:crypto'
import { randomSecret } from '../core/secrets.ts'

const prefix = 'gatehouse_'
const checksumLength = 6

/** Six characters over the rest: a typing mistake is told from a revoked token without asking the database. */
const checksumOf = (body: string): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, checksumLength)

/**
 * A new access token's secret: `gatehouse_`, 43 characters of base64url (256 random bits), 6 characters of checksum.
 * The prefix is what secret scanners look for.
 */
export function createTokenSecret(): string {
  const body = prefix + randomSecret()
  return body + checksumOf(body)
}

/** True when the text has the form of a secret of ours and its checksum fits. */
export function isTokenSecret(text: string): boolean {
  if (!/^gatehouse_[\w-]{49}$/.test(text)) return false
  const body = text.slice(0, -checksumLength)
  return checksumOf(body) === text.slice(-checksumLength)
}
