import { type Clock, days, plus } from '../core/clock.ts'
import type { Db } from '../db/client.ts'
import { deleteExpiredKeys } from '../idempotency/idempotency-key.store.ts'
import { deleteMailQueuedBefore } from '../mail/mail-outbox.store.ts'
import { deleteInvitationsExpiredBefore } from '../membership/invitation.store.ts'
import { sumMembershipCounts } from '../membership/membership-count.store.ts'
import { deleteExpiredSessions } from '../session/session.store.ts'
import { deleteExpiredOidcRequests } from '../sso/login/oidc-request.store.ts'
import { deleteExpiredSignInState } from '../sso/login/sign-in-state.store.ts'
import { deleteExpiredLogoutRequests } from '../sso/logout/logout-request.store.ts'
import { deleteExpiredSetupLinks } from '../sso/setup-link/setup-link.store.ts'
import { deleteOldSsoTests } from '../sso/sso-test/sso-test.store.ts'
import { deleteExpiredRateLimits } from './rate-limit.store.ts'

/** Removes what has expired and can decide nothing any more, and adds up what was counted. Safe to run on several replicas at once. */
export async function cleanUp({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  const now = clock.now()
  await deleteExpiredSessions(db, now)
  await deleteExpiredSignInState(db, now)
  await deleteExpiredOidcRequests(db, now)
  await deleteExpiredLogoutRequests(db, now)
  // A day longer than it can be used: whoever started it may still look at what came of it.
  await deleteOldSsoTests(db, plus(now, -days(1)))
  // Shown for a month as expired, to be sent again.
  await deleteInvitationsExpiredBefore(db, plus(now, -days(30)))
  await deleteExpiredSetupLinks(db, now)
  await deleteMailQueuedBefore(db, plus(now, -days(7)))
  await deleteExpiredKeys(db, now)
  await deleteExpiredRateLimits(db, now)
  await sumMembershipCounts(db)
}
