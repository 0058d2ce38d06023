import { seconds } from '../../core/clock.ts'
import type { IdpAnswer } from './idp-fetch.ts'
import type { Keys, KnownProvider } from './known-provider.ts'

/** So often within a minute keys are asked for because a token names one that is unknown: for several that change. */
const mostPerMinute = 5

const ofLastMinute = ({ keysAskedAt }: KnownProvider, now: Date): Date[] =>
  keysAskedAt.filter((at) => Math.abs(now.getTime() - at.getTime()) < seconds(60))

/** Whether the keys may be asked for again now: a key that was replaced without a word should let the next one in. */
export const mayAskForKeys = (known: KnownProvider, now: Date): boolean =>
  ofLastMinute(known, now).length < mostPerMinute

const answerWith = ({ jwks }: Keys): IdpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(jwks),
})

/** What the library can read; whether there is a key among them that fits, it finds out. */
function keysIn({ status, body }: IdpAnswer, fetchedAt: Date): Keys | null {
  if (status !== 200) return null
  try {
    const jwks: unknown = JSON.parse(body)
    return isKeySet(jwks) ? { jwks, fetchedAt } : null
  } catch {
    return null
  }
}

const isKeySet = (value: unknown): value is Keys['jwks'] =>
  typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)

async function fetchKeys(known: KnownProvider, now: Date, ask: () => Promise<IdpAnswer>): Promise<IdpAnswer> {
  try {
    const answer = await ask()
    known.keys = keysIn(answer, now) ?? known.keys
    return answer
  } finally {
    known.keysUnderWay = null
  }
}

/**
 * The identity provider's published keys, kept for the next sign-in. Those who need them at the same moment share one
 * answer.
 * @param before the keys that were known as the exchange began: if others came meanwhile, those are the answer.
 */
export function askForKeys(
  known: KnownProvider,
  { before, now, ask }: { before: Keys | null; now: Date; ask: () => Promise<IdpAnswer> },
): Promise<IdpAnswer> {
  if (known.keys !== null && known.keys !== before) return Promise.resolve(answerWith(known.keys))
  if (known.keysUnderWay === null) {
    known.keysAskedAt = [...ofLastMinute(known, now), now]
    known.keysUnderWay = fetchKeys(known, now, ask)
  }
  return known.keysUnderWay
}
