import { forbidden, notFound, unauthenticated } from '../core/errors.ts'
import type { AccessTokenActor, UserActor } from './actor.ts'
import { findActiveMembership } from './grant.store.ts'
import type { Grant } from './grant.ts'
import { lowerOf, type Permission, roleOf } from './permission.ts'
import type { RequestContext } from './request-context.ts'

async function readGrant(ctx: RequestContext, organizationId: string): Promise<Grant | null> {
  const { actor } = ctx
  if (actor.kind === 'anonymous') return null
  if (actor.kind === 'user') {
    if (actor.onlyOrganizationId !== null && actor.onlyOrganizationId !== organizationId) return null
    const membership = await findActiveMembership(ctx.db, organizationId, actor.userId)
    return membership && { organizationId, role: roleOf(membership.role), membershipId: membership.id }
  }
  if (actor.organizationId !== organizationId) return null
  // A token never does more than its creator may do now, and nothing once they are gone or suspended.
  const creator = await findActiveMembership(ctx.db, organizationId, actor.createdByUserId)
  return creator && { organizationId, role: lowerOf(roleOf(creator.role), roleOf(actor.role)), membershipId: null }
}

/** What the actor may do in the organization, read once a request; null when it is not theirs to know of. */
export function findGrant(ctx: RequestContext, organizationId: string): Promise<Grant | null> {
  const known = ctx.grants.get(organizationId)
  if (known !== undefined) return known
  const grant = readGrant(ctx, organizationId)
  ctx.grants.set(organizationId, grant)
  return grant
}

/**
 * The first line of every operation about an organization's things.
 * @throws UNAUTHENTICATED when nobody is signed in, NOT_FOUND when the actor is not in the organization, FORBIDDEN
 * when they are but lack the permission.
 */
export async function authorize(ctx: RequestContext, permission: Permission, organizationId: string): Promise<Grant> {
  requireActor(ctx)
  const grant = await findGrant(ctx, organizationId)
  if (grant === null) throw notFound('organization')
  if (!grant.role.permissions.includes(permission)) throw forbidden(permission)
  return grant
}

/** @throws UNAUTHENTICATED when nobody is signed in. */
export function requireActor(ctx: RequestContext): UserActor | AccessTokenActor {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated(ctx.actor.reason)
  return ctx.actor
}

/** For what only a person at a browser does. @throws UNAUTHENTICATED also for an access token. */
export function requireUser(ctx: RequestContext): UserActor {
  const actor = requireActor(ctx)
  if (actor.kind !== 'user') throw unauthenticated('Sign in as a person to do this: an access token cannot.')
  return actor
}

/**
 * `authorize` for something found by its own id: `row` is null when there is none. Absent and foreign answer the
 * same NOT_FOUND, named after `what`.
 */
export async function authorizeOwned<Row extends { organizationId: string }>(
  ctx: RequestContext,
  permission: Permission,
  what: string,
  row: Row | null,
): Promise<{ row: Row; grant: Grant }> {
  requireActor(ctx)
  const grant = row === null ? null : await findGrant(ctx, row.organizationId)
  if (row === null || grant === null) throw notFound(what)
  if (!grant.role.permissions.includes(permission)) throw forbidden(permission)
  return { row, grant }
}
