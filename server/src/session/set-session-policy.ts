import { authorize } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { FieldErrors, forbidden, notFound } from '../core/errors.ts'
import { findOrganization, lockOrganization, type OrganizationRow } from '../organization/organization.store.ts'
import { policyBounds, usualPolicy } from './session-lifetime.ts'
import { cutSessionsOfOrganization, findPolicy, updatePolicy } from './session-policy.store.ts'

/** What an organization decided; null where it leaves the usual time. */
type Decided = { idleMinutes: number | null; lifetimeMinutes: number | null }

function check({ idleMinutes, lifetimeMinutes }: Decided): void {
  const errors = new FieldErrors()
  const within = (field: keyof Decided, minutes: number | null, words: string): void => {
    const { least, most } = policyBounds[field]
    if (minutes === null || (minutes >= least && minutes <= most)) return
    errors.add(`input.${field}`, 'OUT_OF_RANGE', `${words} must be between ${least} minutes and ${most / 1440} days.`)
  }
  within('idleMinutes', idleMinutes, 'The time without use')
  within('lifetimeMinutes', lifetimeMinutes, 'The time since the sign-in')
  const [idle, lifetime] = [idleMinutes ?? usualPolicy.idleMinutes, lifetimeMinutes ?? usualPolicy.lifetimeMinutes]
  if (idle > lifetime) {
    errors.add(
      'input.idleMinutes',
      'LONGER_THAN_LIFETIME',
      'The time without use cannot be longer than the whole time.',
    )
  }
  errors.throwIfAny()
}

/**
 * Decides how long members' sessions last. What is stricter holds for open sessions at once, some of which end by it;
 * what is looser holds for new ones.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN
 */
export async function setSessionPolicy(
  ctx: RequestContext,
  organizationId: string,
  decided: Decided,
): Promise<OrganizationRow> {
  await authorize(ctx, 'sso:manage', organizationId)
  if (ctx.actor.kind === 'user' && ctx.actor.recovery) {
    throw forbidden('sso:manage', 'A recovery code opens the settings of single sign-on and nothing else.')
  }
  check(decided)
  return ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    await updatePolicy(tx, organizationId, decided)
    await cutSessionsOfOrganization(tx, organizationId, await findPolicy(tx, organizationId))
    const event = { type: 'organization.sessionPolicyChanged', details: decided } as const
    await recordAuditEvent(ctx, tx, organizationId, event)
    const organization = await findOrganization(tx, organizationId)
    if (organization === null) throw notFound('organization')
    return organization
  })
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
