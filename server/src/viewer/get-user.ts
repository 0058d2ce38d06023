import { findGrant, requireActor } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { AppError, notFound } from '../core/errors.ts'
import { listOrganizationIdsOfUser } from '../membership/membership.store.ts'
import { findUser, type UserRow } from '../user/user.store.ts'

/** One organization that takes single sign-on only does not hide the people of another. */
function ifSsoRequired(error: unknown): null {
  if (error instanceof AppError && error.details.code === 'UNAUTHENTICATED') return null
  throw error
}

async function sharesOrganization(ctx: RequestContext, userId: string): Promise<boolean> {
  for (const organizationId of await listOrganizationIdsOfUser(ctx.db, userId)) {
    const grant = await findGrant(ctx, organizationId).catch(ifSsoRequired)
    if (grant?.role.permissions.includes('member:read')) return true
  }
  return false
}

/** A person: oneself, or somebody in an organization whose members the actor may see. @throws NOT_FOUND */
export async function getUser(ctx: RequestContext, id: string): Promise<UserRow> {
  const actor = requireActor(ctx)
  const isSelf = actor.kind === 'user' && actor.userId === id
  const user = isSelf || (await sharesOrganization(ctx, id)) ? await findUser(ctx.db, id) : null
  if (user === null) throw notFound('user')
  return user
}
