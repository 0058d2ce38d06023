import { authorize, requireActor } from '../../access/authorize.ts'
import { findEnforcement } from '../../access/enforcement.store.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { minutes, plus } from '../../core/clock.ts'
import { conflict, forbidden } from '../../core/errors.ts'
import type { Tx } from '../../db/client.ts'
import { findOrganization, lockOrganization, type OrganizationRow } from '../../organization/organization.store.ts'
import { countUsableRecoveryCodes } from '../recovery/recovery-code.store.ts'
import { revertExpiredTrial } from './revert-expired-trials.ts'
import {
  deleteEnforcement,
  endPasswordSessions,
  listProvenConnectionIds,
  startEnforcement,
} from './sso-enforcement.store.ts'

/** How long enforcement lasts unless an owner shows by a fresh sign-in that people can come in. */
export const trialLength = minutes(30)

/**
 * Makes the organization's own identity provider the only way in, on trial at first; or no longer, at once.
 * @throws CONFLICT NO_VERIFIED_CONNECTION or RECOVERY_CODES_MISSING, NOT_FOUND, FORBIDDEN
 */
export async function setSsoEnforcement(
  ctx: RequestContext,
  organizationId: string,
  enforced: boolean,
): Promise<OrganizationRow> {
  await authorize(ctx, 'sso:manage', organizationId)
  const actor = requireActor(ctx)
  if (enforced && actor.kind === 'user' && actor.recovery) {
    throw forbidden('sso:manage', 'A recovery code opens a session that repairs: it can switch enforcement off only.')
  }
  await ctx.db.transaction(async (tx) => {
    // Orders this and whatever would take the last connection away.
    await lockOrganization(tx, organizationId)
    await revertExpiredTrial(ctx, tx, organizationId)
    const before = await findEnforcement(tx, organizationId, ctx.clock.now())
    if ((before !== null) === enforced) return
    if (enforced) await switchOn(ctx, tx, organizationId)
    else await switchOff(ctx, tx, organizationId)
  })
  ctx.grants.clear()
  const organization = await findOrganization(ctx.db, organizationId)
  if (organization === null) throw new Error('the organization is gone in the request that changed it')
  return organization
}

async function switchOn(ctx: RequestContext, tx: Tx, organizationId: string): Promise<void> {
  if ((await listProvenConnectionIds(tx, organizationId)).length === 0) {
    throw conflict(
      'NO_VERIFIED_CONNECTION',
      'Enable an SSO connection and sign in through it once: single sign-on can be required when it has been seen to work.',
    )
  }
  if ((await countUsableRecoveryCodes(tx, organizationId, ctx.clock.now())) === 0) {
    throw conflict(
      'RECOVERY_CODES_MISSING',
      'Make recovery codes first, and store them: they let an owner in when the identity provider lets nobody in.',
    )
  }
  const actor = requireActor(ctx)
  const now = ctx.clock.now()
  const trialEndsAt = plus(now, trialLength)
  const credentialId = actor.kind === 'user' ? actor.sessionId : actor.accessTokenId
  await startEnforcement(tx, {
    organizationId,
    enforcedByUserId: actor.kind === 'user' ? actor.userId : actor.createdByUserId,
    enforcedByCredentialId: credentialId,
    enforcedAt: now,
    trialEndsAt,
    confirmedAt: null,
  })
  const endedSessions = await endPasswordSessions(tx, organizationId, credentialId)
  const details = { trialEndsAt: trialEndsAt.toISOString(), endedSessions }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoEnforcement.enabled', details })
}

async function switchOff(ctx: RequestContext, tx: Tx, organizationId: string): Promise<void> {
  await deleteEnforcement(tx, organizationId)
  await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoEnforcement.disabled', details: {} })
}
