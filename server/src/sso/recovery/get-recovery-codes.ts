import { authorize } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { days, plus } from '../../core/clock.ts'
import { findUnusedRecoveryCodes, listRecoveryCodeUses } from './recovery-code.store.ts'

/** How many unused codes the owner who asks has; null for whoever can have none. @throws NOT_FOUND */
export async function getRecoveryCodes(
  ctx: RequestContext,
  organizationId: string,
): Promise<{ unused: number; createdAt: Date | null } | null> {
  const grant = await authorize(ctx, 'organization:read', organizationId)
  const { actor } = ctx
  if (actor.kind !== 'user' || actor.recovery || grant.role.key !== 'owner') return null
  return findUnusedRecoveryCodes(ctx.db, organizationId, actor.userId)
}

/** The latest uses of recovery codes in ninety days, newest first. @throws NOT_FOUND, FORBIDDEN */
export async function getRecoveryCodeUses(
  ctx: RequestContext,
  organizationId: string,
): Promise<{ at: Date; email: string }[]> {
  await authorize(ctx, 'sso:read', organizationId)
  return listRecoveryCodeUses(ctx.db, organizationId, plus(ctx.clock.now(), -days(90)))
}
