import type { ExportedJWKSCache } from 'openid-client'
import { minutes, seconds } from '../../core/clock.ts'
import { discover, type Provider } from './discover.ts'
import type { IdpAnswer, IdpFetch } from './idp-fetch.ts'

/** Published keys, and when they were fetched, by our clock. */
export type Keys = { jwks: ExportedJWKSCache['jwks']; fetchedAt: Date }

/** An identity provider as it described itself a moment ago, with its keys once they were needed. */
export type KnownProvider = {
  provider: Provider
  keys: Keys | null
  /** When the keys were asked for within a minute, and what is being answered right now. */
  keysAskedAt: Date[]
  keysUnderWay: Promise<IdpAnswer> | null
}

type Entry = { at: Date; failed: boolean; found: Promise<KnownProvider> }

/** A shortcut of this process and no more: another replica asks for itself. */
const known = new Map<string, Entry>()
const mostKept = 200

/** So soon a change over there is seen here. */
const lifetime = minutes(5)
/** So often, at most, an identity provider is asked that does not answer. */
const pause = seconds(10)

const isFresh = ({ at, failed }: Entry, now: Date): boolean => {
  const age = now.getTime() - at.getTime()
  return age >= 0 && age < (failed ? pause : lifetime)
}

/**
 * The identity provider of an issuer; its discovery document is read at most every five minutes.
 * @param again reads it now, whatever is known: for who is changing the settings. @throws DiscoveryProblem
 */
export function findProvider(
  issuer: string,
  { fetch, now, again = false }: { fetch: IdpFetch; now: Date; again?: boolean },
): Promise<KnownProvider> {
  const before = known.get(issuer)
  if (before !== undefined && !again && isFresh(before, now)) return before.found
  const found = discover(issuer, fetch).then(
    (provider): KnownProvider => ({ provider, keys: null, keysAskedAt: [], keysUnderWay: null }),
  )
  const entry: Entry = { at: now, failed: false, found }
  found.catch(() => {
    entry.failed = true
  })
  known.delete(issuer)
  const [oldest] = known.keys()
  if (oldest !== undefined && known.size >= mostKept) known.delete(oldest)
  known.set(issuer, entry)
  return found
}
