import { isIPv6 } from 'node:net'
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible'
import { rateLimited } from '../core/errors.ts'
import type { Db } from '../db/client.ts'
import { rateLimits } from '../db/schema/rate-limits.ts'
import { countUse } from './rate-limit.store.ts'

/** How many times (`points`) within how many seconds (`duration`), by what. docs/operations.md explains each. */
const limits = {
  signInOptionsByAddress: { points: 300, duration: 60 },
  signInByAddress: { points: 60, duration: 300 },
  signInByAccount: { points: 10, duration: 300 },
  setupByAddress: { points: 20, duration: 300 },
  recoveryCodeByAddress: { points: 20, duration: 300 },
  recoveryCodesByActor: { points: 20, duration: 300 },
  linkByAccount: { points: 10, duration: 300 },
  ssoStartByAddress: { points: 1200, duration: 60 },
  acsRefusedByAddress: { points: 60, duration: 60 },
  sloRefusedByAddress: { points: 60, duration: 60 },
  accessTokenRefusedByAddress: { points: 60, duration: 60 },
  accessTokenCreatedByActor: { points: 60, duration: 60 },
  inviteByActor: { points: 30, duration: 300 },
  invitationByAddress: { points: 60, duration: 300 },
  setupLinkByAddress: { points: 60, duration: 300 },
  auditExportByActor: { points: 20, duration: 300 },
  metadataFetchByActor: { points: 30, duration: 60 },
  diagnoseByActor: { points: 60, duration: 60 },
  domainCheckByActor: { points: 60, duration: 300 },
  spKeyByActor: { points: 60, duration: 300 },
  graphqlByActor: { points: 1200, duration: 60 },
} as const

export type LimitName = keyof typeof limits

/** Names that count by the client's address. */
type AddressLimit = Extract<LimitName, `${string}ByAddress`>

/** How a limit stands after a use. */
export type RateLimitState = {
  limit: number
  /** Seconds in which so many uses are allowed. */
  window: number
  remaining: number
  /** Whole seconds until it is counted anew. */
  resetsIn: number
}

export type RateLimits = {
  /** Counts nothing. @throws RATE_LIMITED when the limit is passed already. */
  check(name: AddressLimit, address: string): Promise<void>
  /**
   * Counts uses of `name` by `key`, one unless it says how many; null where nothing is counted.
   * @throws RATE_LIMITED with the seconds to wait once the limit is passed.
   */
  consume(name: LimitName, key: string, uses?: number): Promise<RateLimitState | null>
}

/**
 * What an address counts as: IPv4 as it is; of IPv6 the first 64 bits, which is what one customer is given and within
 * which a machine has as many addresses as it likes (RFC 6177, RFC 8981).
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after]
  return `${groups.slice(0, 4).join(':')}::/64`
}

const isAddressLimit = (name: LimitName): name is AddressLimit => name.endsWith('ByAddress')

/** The library's, but for the statement that each request sends: the library writes it anew each time. */
class PreparedRateLimiter extends RateLimiterDrizzle {
  readonly #db: Db

  constructor(db: Db, options: { keyPrefix: string; points: number; duration: number }) {
    super({
      ...options,
      storeClient: db,
      schema: rateLimits,
      // A key that is over its limit is refused from memory, without asking the database again.
      inMemoryBlockOnConsumed: options.points + 1,
      clearExpiredByTimeout: false,
    })
    this.#db = db
  }

  /** What the library calls to count. */
  _upsert(key: string, points: number, milliseconds: number) {
    return countUse(this.#db, key, points, milliseconds / 1000)
  }
}

/** Limits kept in the database, so that all replicas count together. */
export function createRateLimits(db: Db): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([name, { points, duration }]) => [
      name,
      new PreparedRateLimiter(db, { keyPrefix: name, points, duration }),
    ]),
  ) as Record<LimitName, PreparedRateLimiter>
  const secondsLeft = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1000))
  const refuse = (state: RateLimiterRes) => rateLimited(secondsLeft(state))
  return {
    async check(name, address) {
      const state = await limiters[name].get(networkOf(address))
      if (state !== null && state.consumedPoints >= limits[name].points) throw refuse(state)
    },
    async consume(name, key, uses = 1) {
      try {
        const state = await limiters[name].consume(isAddressLimit(name) ? networkOf(key) : key, uses)
        const { points: limit, duration: window } = limits[name]
        return { limit, window, remaining: state.remainingPoints, resetsIn: secondsLeft(state) }
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        throw refuse(refusal)
      }
    },
  }
}

/** RATE_LIMITS=off: for load and attack tests on loopback. */
export const noRateLimits: RateLimits = { check: () => Promise.resolve(), consume: () => Promise.resolve(null) }
