import { requireActor } from '../../access/authorize.ts'
import { listEntrances } from '../../access/enforcement.store.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { listEnforcingOrganizationsOfUser } from './entrance.store.ts'
import { type Entrance, entrancesOf } from './entrance.ts'

export type OrganizationNeedingSso = { id: string; slug: string; name: string; entrances: Entrance[] }

/**
 * The organizations of the person that their session may not enter, because they admit single sign-on only. Nothing for
 * a session made through single sign-on: the identity provider that vouched for it is not told of other organizations.
 * @throws UNAUTHENTICATED
 */
export async function listOrganizationsNeedingSso(ctx: RequestContext): Promise<OrganizationNeedingSso[]> {
  const actor = requireActor(ctx)
  if (actor.kind !== 'user' || actor.onlyOrganizationId !== null) return []
  const organizations = await listEnforcingOrganizationsOfUser(ctx.db, actor, ctx.clock.now())
  const rows = await listEntrances(
    ctx.db,
    organizations.map(({ id }) => id),
  )
  return organizations.map((organization) => ({
    id: organization.id,
    slug: organization.slug,
    name: organization.name,
    entrances: entrancesOf(organization, rows, actor.email),
  }))
}
