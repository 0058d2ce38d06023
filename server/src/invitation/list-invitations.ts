import { authorize, authorizeOwned, findGrant } from '../access/authorize.ts'
import { findRoles } from '../access/find-roles.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import { countInvitations, findInvitation, pageInvitations } from '../membership/invitation.store.ts'
import { type InvitationView, mayInviteTo, viewInvitation } from './invitation-view.ts'

/** The organization's open invitations, expired ones included, newest first. @throws NOT_FOUND, FORBIDDEN */
export async function listInvitations(
  ctx: RequestContext,
  organizationId: string,
  args: PageArguments,
): Promise<Connection<InvitationView>> {
  await authorize(ctx, 'member:invite', organizationId)
  const page = parsePage(args, 'inv')
  const now = ctx.clock.now()
  const rows = await pageInvitations(ctx.db, organizationId, page)
  return toConnection(
    rows,
    page,
    (row) => viewInvitation(row, now),
    () => countInvitations(ctx.db, organizationId),
  )
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getInvitation(ctx: RequestContext, id: string): Promise<InvitationView> {
  const { row } = await authorizeOwned(ctx, 'member:invite', 'invitation', await findInvitation(ctx.db, id))
  return viewInvitation(row, ctx.clock.now())
}

/** The roles that the actor may invite somebody to; none without the permission. */
export async function listInvitableRoles(ctx: RequestContext, organizationId: string): Promise<RoleDefinition[]> {
  const grant = await findGrant(ctx, organizationId)
  if (!grant?.role.permissions.includes('member:invite')) return []
  const roles = await findRoles(ctx, organizationId)
  return roles.filter((role) => mayInviteTo(grant.role, grant.roleExpiresAt, role))
}
