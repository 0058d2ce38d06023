import { type Clock, days, minutes, plus } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Db } from '../db/client.ts'
import { deleteExpiredSessions } from '../session/session.store.ts'
import { idleLifetime } from '../session/session-lifetime.ts'
import { deleteExpiredSignInState } from '../sso/login/sign-in-state.store.ts'
import { deleteExpiredLogoutRequests } from '../sso/logout/logout-request.store.ts'
import { deleteOldSsoTests } from '../sso/sso-test/sso-test.store.ts'
import { deleteExpiredRateLimits } from './rate-limit.store.ts'

type Parts = { db: Db; clock: Clock; log: Log }

/** Removes what has expired and can decide nothing any more. Safe to run on several replicas at once. */
export async function cleanUp({ db, clock }: Parts): Promise<void> {
  const now = clock.now()
  await deleteExpiredSessions(db, now, plus(now, -idleLifetime))
  await deleteExpiredSignInState(db, now)
  await deleteExpiredLogoutRequests(db, now)
  // A day longer than it can be used: whoever started it may still look at what came of it.
  await deleteOldSsoTests(db, plus(now, -days(1)))
  await deleteExpiredRateLimits(db, now)
}

/** Cleans up every ten minutes until stopped. */
export function startCleaning(parts: Parts): { stop(): void } {
  const timer = setInterval(() => {
    cleanUp(parts).catch((err: unknown) => parts.log.error({ err }, 'cleaning up failed'))
  }, minutes(10))
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
