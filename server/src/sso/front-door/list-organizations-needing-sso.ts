import { requireActor } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { listEnforcingOrganizationsOfUser, listEntrances } from './entrance.store.ts'
import { type Entrance, viewEntrance } from './entrance.ts'

export type OrganizationNeedingSso = { id: string; slug: string; name: string; entrances: Entrance[] }

/**
 * The organizations of the person that their session may not enter, because they admit single sign-on only. Nothing for
 * a session made through single sign-on: the identity provider that vouched for it is not told of other organizations.
 * @throws UNAUTHENTICATED
 */
export async function listOrganizationsNeedingSso(ctx: RequestContext): Promise<OrganizationNeedingSso[]> {
  const actor = requireActor(ctx)
  if (actor.kind !== 'user' || actor.onlyOrganizationId !== null) return []
  const organizations = await listEnforcingOrganizationsOfUser(ctx.db, actor.userId, ctx.clock.now())
  const ids = organizations.map(({ id }) => id)
  const rows = await listEntrances(ctx.db, ids)
  return organizations.map(({ id, slug, name }) => ({
    id,
    slug,
    name,
    entrances: rows.filter((row) => row.organizationId === id).map((row) => viewEntrance(row, name, actor.email)),
  }))
}
