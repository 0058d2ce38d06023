import { authorize } from '../../access/authorize.ts'
import { findEnforcement } from '../../access/enforcement.store.ts'
import type { RequestContext } from '../../access/request-context.ts'

export type SsoPolicyView = { enforced: boolean; trialEndsAt: Date | null; confirmedAt: Date | null }

/** Whether the organization takes single sign-on only, now. @throws NOT_FOUND, FORBIDDEN */
export async function getSsoPolicy(ctx: RequestContext, organizationId: string): Promise<SsoPolicyView> {
  await authorize(ctx, 'organization:read', organizationId)
  const row = await findEnforcement(ctx.db, organizationId, ctx.clock.now())
  if (row === null) return { enforced: false, trialEndsAt: null, confirmedAt: null }
  const { confirmedAt, trialEndsAt } = row
  return { enforced: true, trialEndsAt: confirmedAt === null ? trialEndsAt : null, confirmedAt }
}
