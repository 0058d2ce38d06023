import { requireActor } from '../../access/authorize.ts'
import { findEnforcement } from '../../access/enforcement.store.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { plus } from '../../core/clock.ts'
import { conflict } from '../../core/errors.ts'
import type { Tx } from '../../db/client.ts'
import { lockOrganization } from '../../organization/organization.store.ts'
import { trialLength } from './set-sso-enforcement.ts'
import { listProvenConnectionIds, restartEnforcement } from './sso-enforcement.store.ts'

/**
 * Before a connection is disabled or deleted, and before it is locked: while single sign-on is enforced, the last one
 * that is known to work stays. Locks the organization, so that enforcement is not switched on beside it.
 * @throws CONFLICT SSO_ENFORCED
 */
export async function keepLastConnection(
  ctx: RequestContext,
  tx: Tx,
  { organizationId, connectionId }: { organizationId: string; connectionId: string },
): Promise<void> {
  await lockOrganization(tx, organizationId)
  if ((await findEnforcement(tx, organizationId, ctx.clock.now())) === null) return
  const proven = await listProvenConnectionIds(tx, organizationId)
  if (proven.length !== 1 || proven[0] !== connectionId) return
  throw conflict(
    'SSO_ENFORCED',
    'Members can come in through this connection only. Switch “Require single sign-on” off first, or verify another connection.',
  )
}

/**
 * After a change of what sign-ins through a connection depend on: what is enforced has to be shown to work once more,
 * and reverts by itself if nobody does.
 */
export async function askForConfirmation(
  ctx: RequestContext,
  tx: Tx,
  { id: connectionId, organizationId, name }: { id: string; organizationId: string; name: string },
): Promise<void> {
  const actor = requireActor(ctx)
  const enforcedAt = ctx.clock.now()
  const trialEndsAt = plus(enforcedAt, trialLength)
  const enforcedByCredentialId = actor.kind === 'user' ? actor.sessionId : actor.accessTokenId
  const trial = { enforcedAt, trialEndsAt, enforcedByCredentialId }
  if (!(await restartEnforcement(tx, organizationId, trial))) return
  const details = { connectionId, name, trialEndsAt: trialEndsAt.toISOString() }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoEnforcement.trialRestarted', details })
}
