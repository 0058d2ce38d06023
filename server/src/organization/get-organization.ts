import { findGrant, requireActor } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { findOrganization, findOrganizationBySlug, type OrganizationRow } from './organization.store.ts'

async function ifVisible(ctx: RequestContext, row: OrganizationRow | null): Promise<OrganizationRow | null> {
  requireActor(ctx)
  return row !== null && (await findGrant(ctx, row.id)) !== null ? row : null
}

/** The organization, or null when there is none or it is not the actor's to know of. @throws UNAUTHENTICATED */
export async function findVisibleOrganizationBySlug(
  ctx: RequestContext,
  slug: string,
): Promise<OrganizationRow | null> {
  return ifVisible(ctx, await findOrganizationBySlug(ctx.db, slug))
}

/** The same by id. @throws UNAUTHENTICATED */
export async function findVisibleOrganization(ctx: RequestContext, id: string): Promise<OrganizationRow | null> {
  return ifVisible(ctx, await findOrganization(ctx.db, id))
}
