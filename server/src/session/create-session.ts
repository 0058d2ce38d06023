import type { RequestContext } from '../access/request-context.ts'
import { minutes, plus } from '../core/clock.ts'
import { createId } from '../core/ids.ts'
import { randomSecret, sha256 } from '../core/secrets.ts'
import type { Tx } from '../db/client.ts'
import { policyForNewSession } from './hold-to-policy.ts'
import { deleteSession, insertSession, type SessionRow } from './session.store.ts'

/** What the browser is to be given: the cookie's secret and how long it may keep it, in seconds. */
export type NewSession = {
  id: string
  secret: string
  maxAge: number
  onlyOrganizationId: string | null
  recovery: boolean
}

/**
 * Makes a session with a new identifier, and ends the one that the browser came with: a sign-in never continues an
 * older session (session fixation). It lasts as long as the organization of the connection lets it; made with a
 * password, as long as the strictest of the person's organizations does.
 * @param connection the SSO connection that vouches for the person; null for a password.
 * @param recoveryOrganizationId the organization whose recovery code was used; null or absent for all others.
 * @param samlSubject what the identity provider calls the session.
 * @param notOnOrAfter an upper bound of its life, such as the assertion's SessionNotOnOrAfter.
 */
export async function createSession(
  ctx: RequestContext,
  tx: Tx,
  of: {
    userId: string
    connection: { id: string; organizationId: string } | null
    recoveryOrganizationId?: string | null
    notOnOrAfter?: Date | null
    samlSubject?: SessionRow['samlSubject']
  },
): Promise<NewSession> {
  const now = ctx.clock.now()
  const { recoveryOrganizationId = null } = of
  const secret = randomSecret()
  const policy = await policyForNewSession(tx, of.userId, of.connection?.organizationId ?? null)
  const latest = plus(now, minutes(policy.lifetimeMinutes))
  const expiresAt = of.notOnOrAfter != null && of.notOnOrAfter < latest ? of.notOnOrAfter : latest
  if (ctx.actor.kind === 'user') await deleteSession(tx, ctx.actor.sessionId)
  const id = createId('ses', now)
  await insertSession(tx, {
    id,
    tokenHash: sha256(secret),
    userId: of.userId,
    connectionId: of.connection?.id ?? null,
    samlSubject: of.samlSubject ?? null,
    recoveryOrganizationId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
    idleMinutes: policy.idleMinutes,
    ipAddress: ctx.ipAddress,
    userAgent: ctx.userAgent,
  })
  const maxAge = Math.max(1, Math.floor((expiresAt.getTime() - now.getTime()) / 1000))
  const onlyOrganizationId = recoveryOrganizationId ?? of.connection?.organizationId ?? null
  return { id, secret, maxAge, onlyOrganizationId, recovery: recoveryOrganizationId !== null }
}
