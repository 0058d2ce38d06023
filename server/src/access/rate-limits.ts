import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible'
import { rateLimited } from '../core/errors.ts'
import type { Db } from '../db/client.ts'
import { rateLimits } from '../db/schema/rate-limits.ts'

/** How many times (`points`) within how many seconds (`duration`), by what. docs/operations.md explains each. */
const limits = {
  signInByAddress: { points: 60, duration: 300 },
  signInByAccount: { points: 10, duration: 300 },
  setupByAddress: { points: 20, duration: 300 },
  linkByAccount: { points: 10, duration: 300 },
  ssoStartByAddress: { points: 300, duration: 60 },
  acsByAddress: { points: 300, duration: 60 },
  acsByConnection: { points: 1200, duration: 60 },
  sloByAddress: { points: 300, duration: 60 },
  sloByConnection: { points: 1200, duration: 60 },
  accessTokenRefusedByAddress: { points: 60, duration: 60 },
  accessTokenCreatedByActor: { points: 60, duration: 60 },
  metadataFetchByActor: { points: 30, duration: 60 },
  graphqlByActor: { points: 1200, duration: 60 },
} as const

export type LimitName = keyof typeof limits

export type RateLimits = {
  /** Counts one use of `name` by `key`. @throws RATE_LIMITED with the seconds to wait once the limit is passed. */
  consume(name: LimitName, key: string): Promise<void>
}

/** Limits kept in the database, so that all replicas count together. */
export function createRateLimits(db: Db): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([name, { points, duration }]) => [
      name,
      new RateLimiterDrizzle({
        storeClient: db,
        schema: rateLimits,
        keyPrefix: name,
        points,
        duration,
        // A key that is over its limit is refused from memory, without asking the database again.
        inMemoryBlockOnConsumed: points + 1,
        clearExpiredByTimeout: false,
      }),
    ]),
  ) as Record<LimitName, RateLimiterDrizzle>
  return {
    async consume(name, key) {
      try {
        await limiters[name].consume(key)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        throw rateLimited(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
      }
    },
  }
}

/** RATE_LIMITS=off: for load and attack tests on loopback. */
export const noRateLimits: RateLimits = { consume: () => Promise.resolve() }
