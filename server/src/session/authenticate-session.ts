import type { UserActor } from '../access/actor.ts'
import type { Clock } from '../core/clock.ts'
import { sha256 } from '../core/secrets.ts'
import type { Db } from '../db/client.ts'
import { findOpenSession, touchSession } from './session.store.ts'
import { touchInterval } from './session-lifetime.ts'

/** The person whose open session the cookie's secret names, or null. */
export async function authenticateSession(db: Db, clock: Clock, secret: string): Promise<UserActor | null> {
  const now = clock.now()
  const session = await findOpenSession(db, sha256(secret), now)
  if (session === null) return null
  if (now.getTime() - session.lastSeenAt.getTime() > touchInterval) await touchSession(db, session.id, now)
  return {
    kind: 'user',
    userId: session.userId,
    email: session.email,
    sessionId: session.id,
    onlyOrganizationId: session.recoveryOrganizationId ?? session.onlyOrganizationId,
    recovery: session.recoveryOrganizationId !== null,
  }
}
