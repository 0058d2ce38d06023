import { requireActor } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { findOrganization, type OrganizationRow } from '../organization/organization.store.ts'
import { findSessionEnd } from '../session/session.store.ts'

/** What a recovery code opened: where, and until when; null for every other session. @throws UNAUTHENTICATED */
export async function getViewerRecovery(
  ctx: RequestContext,
): Promise<{ organization: OrganizationRow; expiresAt: Date } | null> {
  const actor = requireActor(ctx)
  if (actor.kind !== 'user' || !actor.recovery || actor.onlyOrganizationId === null) return null
  const organization = await findOrganization(ctx.db, actor.onlyOrganizationId)
  const expiresAt = await findSessionEnd(ctx.db, actor.sessionId)
  return organization === null || expiresAt === null ? null : { organization, expiresAt }
}
