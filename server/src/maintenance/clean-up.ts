import { type Clock, plus } from '../core/clock.ts'
import type { Db } from '../db/client.ts'
import { deleteExpiredSessions } from '../session/session.store.ts'
import { idleLifetime } from '../session/session-lifetime.ts'
import { deleteExpiredSignInState } from '../sso/login/sign-in-state.store.ts'
import { deleteExpiredRateLimits } from './rate-limit.store.ts'

/** Removes what has expired and can decide nothing any more. Safe to run on several replicas at once. */
export async function cleanUp({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  const now = clock.now()
  await deleteExpiredSessions(db, now, plus(now, -idleLifetime))
  await deleteExpiredSignInState(db, now)
  await deleteExpiredRateLimits(db, now)
}
