import { authorize } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { FieldErrors, forbidden, notFound } from '../core/errors.ts'
import { findOrganization, lockOrganization, type OrganizationRow } from '../organization/organization.store.ts'
import { policyBounds, type SessionPolicy, usualPolicy } from './session-lifetime.ts'
import { cutSessionsOfOrganization, findSessionsEndedBy, lockPolicies, updatePolicy } from './session-policy.store.ts'

/** What an organization decided; null where it leaves the usual time. */
type Decided = { idleMinutes: number | null; lifetimeMinutes: number | null }

/** @param path of the two values in what the caller sent. @throws BAD_USER_INPUT */
function parsePolicy({ idleMinutes, lifetimeMinutes }: Decided, path: string): SessionPolicy {
  const errors = new FieldErrors()
  const within = (field: keyof Decided, minutes: number | null, words: string): void => {
    const { least, most } = policyBounds[field]
    if (minutes === null || (minutes >= least && minutes <= most)) return
    errors.add(`${path}${field}`, 'OUT_OF_RANGE', `${words} must be between ${least} minutes and ${most / 1440} days.`)
  }
  within('idleMinutes', idleMinutes, 'The time without use')
  within('lifetimeMinutes', lifetimeMinutes, 'The time since the sign-in')
  const [idle, lifetime] = [idleMinutes ?? usualPolicy.idleMinutes, lifetimeMinutes ?? usualPolicy.lifetimeMinutes]
  if (idle > lifetime) {
    const message = 'The time without use cannot be longer than the time since the sign-in.'
    errors.add(`${path}idleMinutes`, 'LONGER_THAN_LIFETIME', message)
  }
  errors.throwIfAny()
  return { idleMinutes: idle, lifetimeMinutes: lifetime }
}

async function authorizeDecision(ctx: RequestContext, organizationId: string): Promise<void> {
  await authorize(ctx, 'sso:manage', organizationId)
  if (ctx.actor.kind === 'user' && ctx.actor.recovery) {
    throw forbidden('sso:manage', 'A recovery code opens the settings of single sign-on and nothing else.')
  }
}

/**
 * Decides how long members' sessions last. What is stricter holds for open sessions at once, some of which end by it;
 * what is looser holds for new ones. Waits for sign-ins that are under way, whose sessions are open sessions then.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN
 */
export async function setSessionPolicy(
  ctx: RequestContext,
  organizationId: string,
  decided: Decided,
): Promise<{ organization: OrganizationRow; endedSessions: number }> {
  await authorizeDecision(ctx, organizationId)
  const policy = parsePolicy(decided, 'input.')
  return ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const before = await findOrganization(tx, organizationId)
    if (before === null) throw notFound('organization')
    const { idleMinutes, lifetimeMinutes } = decided
    if (before.sessionIdleMinutes === idleMinutes && before.sessionLifetimeMinutes === lifetimeMinutes) {
      return { organization: before, endedSessions: 0 }
    }
    await lockPolicies(tx, [organizationId], 'exclusive')
    await updatePolicy(tx, organizationId, decided)
    const endedSessions = (await findSessionsEndedBy(tx, organizationId, policy, ctx.clock.now())).length
    await cutSessionsOfOrganization(tx, organizationId, policy)
    const details = { ...decided, endedSessions }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'organization.sessionPolicyChanged', details })
    const decision = { sessionIdleMinutes: idleMinutes, sessionLifetimeMinutes: lifetimeMinutes }
    return { organization: { ...before, ...decision }, endedSessions }
  })
}

/** What a policy would do to sessions that are open now, before it is decided. @throws the same */
export async function foreseeSessionPolicy(
  ctx: RequestContext,
  organizationId: string,
  decided: Decided,
): Promise<{ endingSessions: number; endsOwn: boolean }> {
  await authorizeDecision(ctx, organizationId)
  const policy = parsePolicy(decided, '')
  const ids = await findSessionsEndedBy(ctx.db, organizationId, policy, ctx.clock.now())
  const endsOwn = ctx.actor.kind === 'user' && ids.includes(ctx.actor.sessionId)
  return { endingSessions: ids.length, endsOwn }
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getSessionPolicy(ctx: RequestContext, organizationId: string) {
  await authorize(ctx, 'sso:read', organizationId)
  const row = await findOrganization(ctx.db, organizationId)
  return {
    idleMinutes: row?.sessionIdleMinutes ?? null,
    lifetimeMinutes: row?.sessionLifetimeMinutes ?? null,
    usualIdleMinutes: usualPolicy.idleMinutes,
    usualLifetimeMinutes: usualPolicy.lifetimeMinutes,
  }
}
