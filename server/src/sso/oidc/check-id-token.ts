import { createHash } from 'node:crypto'
import { plus, seconds } from '../../core/clock.ts'
import type { Trace } from '../protocol/sign-in-check.ts'
import type { DecodedIdToken } from './id-token.ts'

export type IdTokenExpectations = {
  issuer: string
  clientId: string
  nonce: string
  algorithms: readonly string[]
  /** The access token that came with it; null when none could be read. */
  accessToken: string | null
  now: Date
  clockSkewSeconds: number
}

const shown = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value))

/** A NumericDate (RFC 7519 2) that a Date can hold. */
function toDate(value: unknown): Date | null {
  const date = typeof value === 'number' ? new Date(value * 1000) : null
  return date === null || Number.isNaN(date.getTime()) ? null : date
}

const shownDate = (value: unknown): string => toDate(value)?.toISOString() ?? shown(value)

/** Core 2: at most 255 ASCII characters; here what fits a column and is what it looks like. */
export const isSubject = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length >= 1 &&
  value.length <= 256 &&
  value === value.trim() &&
  !/\p{Cc}/u.test(value)

/**
 * Every claim that decides whether the token is for us and for this sign-in (Core 3.1.3.7), all of them looked at, so
 * that the trace shows everything that is wrong at once. The signature is not looked at here.
 */
export function checkIdToken(trace: Trace, { header, claims }: DecodedIdToken, expected: IdTokenExpectations): void {
  const { issuer, clientId, nonce, algorithms } = expected
  const alg = header['alg']
  const allowed = typeof alg === 'string' && algorithms.includes(alg)
  const oneOf = `one of ${algorithms.join(', ')}`
  trace.add('algorithm', 'Signature algorithm', allowed ? null : 'ID_TOKEN_ALGORITHM', oneOf, shown(alg))

  const iss = claims['iss']
  trace.add(
    'issuer',
    'Issuer',
    iss === issuer ? null : 'ID_TOKEN_ISSUER',
    issuer,
    typeof iss === 'string' ? iss : shown(iss),
  )

  const { aud, azp } = claims
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  const forUs = audiences.includes(clientId)
  trace.add('audience', 'Audience', forUs ? null : 'ID_TOKEN_AUDIENCE', clientId, audiences.map(String).join(', '))
  if (azp !== undefined || audiences.length > 1) {
    const party = azp === clientId ? null : 'ID_TOKEN_AUDIENCE'
    trace.add(
      'authorizedParty',
      'Authorized party',
      party,
      clientId,
      azp === undefined ? 'none, for several audiences' : shown(azp),
    )
  }

  const same = claims['nonce'] === nonce
  const ours = 'the one of this sign-in'
  trace.add(
    'nonce',
    'Nonce',
    same ? null : 'ID_TOKEN_NONCE',
    ours,
    same ? ours : claims['nonce'] === undefined ? 'none' : 'another one',
  )

  checkTimes(trace, claims, expected)
  checkAccessTokenHash(trace, claims, expected)

  const { sub } = claims
  if (!isSubject(sub)) trace.add('subject', 'Subject', 'SUBJECT_MISSING', 'a sub that lasts', shown(sub))
}

function checkTimes(
  trace: Trace,
  { iat, exp, nbf }: Record<string, unknown>,
  { now, clockSkewSeconds }: IdTokenExpectations,
): void {
  const latest = plus(now, seconds(clockSkewSeconds))
  const earliest = plus(now, -seconds(clockSkewSeconds))
  const issuedAt = toDate(iat)
  const issued = issuedAt !== null && issuedAt <= latest
  trace.add(
    'issuedAt',
    'Issued',
    issued ? null : 'ID_TOKEN_NOT_YET_VALID',
    `until ${latest.toISOString()}`,
    shownDate(iat),
  )
  const expiresAt = toDate(exp)
  const open = expiresAt !== null && expiresAt > earliest
  trace.add(
    'expires',
    'Valid until',
    open ? null : 'ID_TOKEN_EXPIRED',
    `after ${earliest.toISOString()}`,
    shownDate(exp),
  )
  if (nbf === undefined) return
  const notBefore = toDate(nbf)
  const begun = notBefore !== null && notBefore <= latest
  trace.add(
    'validFrom',
    'Valid from',
    begun ? null : 'ID_TOKEN_NOT_YET_VALID',
    `until ${latest.toISOString()}`,
    shownDate(nbf),
  )
}

/** Core 3.1.3.6: the left half of the hash that the signature's algorithm names; all that are allowed here name SHA-256. */
function checkAccessTokenHash(
  trace: Trace,
  { at_hash: atHash }: Record<string, unknown>,
  { accessToken }: IdTokenExpectations,
): void {
  if (atHash === undefined) return
  const hash = accessToken === null ? null : createHash('sha256').update(accessToken, 'ascii').digest()
  const right = hash !== null && hash.subarray(0, hash.length / 2).toString('base64url') === atHash
  const expected = 'at_hash of the access token that came with it'
  trace.add(
    'accessTokenHash',
    'Access token',
    right ? null : 'ACCESS_TOKEN_MISMATCH',
    expected,
    right ? 'the same' : 'another one',
  )
}
