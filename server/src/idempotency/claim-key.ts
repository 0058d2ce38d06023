import type { RequestContext } from '../access/request-context.ts'
import { hours, plus, seconds } from '../core/clock.ts'
import { type AppError, badUserInput, conflict } from '../core/errors.ts'
import { open, type Place, seal } from '../core/sealed-box.ts'
import { sha256 } from '../core/secrets.ts'
import { findKey, keepAnswer, releaseKey, takeKey } from './idempotency-key.store.ts'

/** Where an answer is sealed. */
export const answerPlace = (rowId: string): Place => ({ table: 'idempotency_keys', column: 'sealed_answer', rowId })

/** An answer is kept for so long. */
const lifetime = hours(24)
/** Longer than a request may take; after that its process is taken for dead. */
const lockLifetime = seconds(60)

/** The key of a request that runs now. */
export type Claim = { id: string; lockedUntil: Date }

export type Claimed = { claim: Claim } | { answer: string } | { refusal: AppError; status: number; retryAfter?: number }

/** The credential that acts: another session or token with the same key is another request. */
function credentialOf({ actor }: RequestContext): string | null {
  if (actor.kind === 'anonymous' || actor.kind === 'setupLink') return null
  return actor.kind === 'user' ? actor.sessionId : actor.accessTokenId
}

const invalid = () =>
  badUserInput([
    {
      path: 'Idempotency-Key',
      reason: 'INVALID_KEY',
      message: 'Send an Idempotency-Key of 1 to 255 visible ASCII characters, such as a UUID.',
    },
  ])

/**
 * Takes the key that the request came with, or finds what the first request with it answered
 * (draft-ietf-httpapi-idempotency-key-header, section 2). Null: without a key, or of nobody, whose requests are not told
 * apart.
 * @param request the document, the variables and the operation name, as one text
 */
export async function claimKey(ctx: RequestContext, request: string): Promise<Claimed | null> {
  const { db, clock, idempotencyKey: key } = ctx
  const credential = credentialOf(ctx)
  if (key === null || credential === null) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) return { refusal: invalid(), status: 400 }
  const now = clock.now()
  const requestHash = sha256(request)
  const row = {
    id: sha256(JSON.stringify([credential, key])),
    requestHash,
    lockedUntil: plus(now, lockLifetime),
    expiresAt: plus(now, lifetime),
  }
  for (;;) {
    if (await takeKey(db, row, now)) return { claim: row }
    const known = await findKey(db, row.id)
    // Released between the two statements.
    if (known === null) continue
    if (known.requestHash !== requestHash) return { refusal: reused, status: 422 }
    if (known.sealedAnswer !== null) return { answer: open(ctx.keyRing, known.sealedAnswer, answerPlace(row.id)) }
    const retryAfter = Math.max(1, Math.ceil((known.lockedUntil.getTime() - now.getTime()) / 1000))
    return { refusal: running, status: 409, retryAfter: Math.min(retryAfter, 2) }
  }
}

const reused = conflict(
  'IDEMPOTENCY_KEY_REUSED',
  'This Idempotency-Key came with another request before. Send a new key with each new request.',
)
const running = conflict(
  'IDEMPOTENCY_KEY_IN_USE',
  'The first request with this Idempotency-Key is still running. Send it again in a moment for its answer.',
)

/** Keeps what the request answered, to answer it again. */
export const keepClaim = (ctx: RequestContext, claim: Claim, answer: string): Promise<void> =>
  keepAnswer(ctx.db, claim, seal(ctx.keyRing, answer, answerPlace(claim.id)))

/** The request changed nothing: its key is free. */
export const releaseClaim = (ctx: RequestContext, claim: Claim): Promise<void> => releaseKey(ctx.db, claim)
