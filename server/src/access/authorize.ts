import { forbidden, notFound, unauthenticated } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import type { AccessTokenActor, Actor, AnonymousActor, UserActor } from './actor.ts'
import { admissionOf, toRepair } from './admission.ts'
import { isKnownToConnection } from './enforcement.store.ts'
import { findActiveMembership } from './grant.store.ts'
import type { Grant } from './grant.ts'
import { lowerOf, type Permission } from './permission.ts'
import { refuseWithoutSso, tokenWithoutSso } from './refuse-without-sso.ts'
import type { RequestContext } from './request-context.ts'

async function readGrant(ctx: RequestContext, organizationId: string): Promise<Grant | null> {
  const { actor } = ctx
  // A setup link brings its grant along, for one connection, and is nothing anywhere else.
  if (actor.kind === 'anonymous' || actor.kind === 'setupLink') return null
  const only = actor.kind === 'user' ? actor.onlyOrganizationId : actor.organizationId
  if (only !== null && only !== organizationId) return null
  // A token never does more than its creator may do now, and nothing once they are gone or suspended.
  const userId = actor.kind === 'user' ? actor.userId : actor.createdByUserId
  const membership = await findActiveMembership(ctx.db, organizationId, userId, ctx.clock.now())
  if (membership === null) return null
  const admission = admissionOf(actor, membership.enforced)
  if (admission === 'SSO_REQUIRED') throw await refuseWithoutSso(ctx, [organizationId])
  if (admission === 'IF_KNOWN' && !(await isKnownToConnection(ctx.db, organizationId, userId))) {
    throw await refuseWithoutSso(ctx, [organizationId], tokenWithoutSso)
  }
  const own = membership.role
  const role = actor.kind === 'user' ? own : lowerOf(own, actor.role)
  return {
    organizationId,
    role: admission === 'REPAIR' ? toRepair(role) : role,
    membershipId: actor.kind === 'user' ? membership.id : null,
    roleExpiresAt: membership.roleExpiresAt,
  }
}

/**
 * What the actor may do in the organization, read once a request; null when it is not theirs to know of.
 * @throws UNAUTHENTICATED SSO_REQUIRED for a member who came another way than the organization takes.
 */
export function findGrant(ctx: RequestContext, organizationId: string): Promise<Grant | null> {
  const known = ctx.grants.get(organizationId)
  if (known !== undefined) return known
  const grant = readGrant(ctx, organizationId)
  ctx.grants.set(organizationId, grant)
  return grant
}

/**
 * The first line of every operation about an organization's things.
 * @throws UNAUTHENTICATED when nobody is signed in or single sign-on is the only way in, NOT_FOUND when the actor is not in the organization, FORBIDDEN
 * when they are but lack the permission.
 */
export async function authorize(ctx: RequestContext, permission: Permission, organizationId: string): Promise<Grant> {
  refuseAnonymous(ctx)
  const grant = await findGrant(ctx, organizationId)
  if (grant === null) throw notFound('organization')
  if (!grant.role.permissions.includes(permission)) throw forbidden(permission)
  return grant
}

/**
 * `authorize`, as things stand in the transaction: before a change that must not rest on what was read earlier.
 * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN
 */
export function authorizeWithin(
  ctx: RequestContext,
  tx: Tx,
  permission: Permission,
  organizationId: string,
): Promise<Grant> {
  return authorize({ ...ctx, db: tx, grants: new Map() }, permission, organizationId)
}

function refuseAnonymous({ actor }: RequestContext): Exclude<Actor, AnonymousActor> {
  if (actor.kind === 'anonymous') throw unauthenticated(actor.reason)
  return actor
}

/** @throws UNAUTHENTICATED when nobody is signed in. */
export function requireActor(ctx: RequestContext): UserActor | AccessTokenActor {
  const actor = refuseAnonymous(ctx)
  if (actor.kind === 'setupLink') throw unauthenticated('Sign in to do this: a setup link cannot.')
  return actor
}

/**
 * For what only a person at a browser does.
 * @throws UNAUTHENTICATED also for an access token, FORBIDDEN for a session that a recovery code opened.
 */
export function requireUser(ctx: RequestContext): UserActor {
  const actor = requireActor(ctx)
  if (actor.kind !== 'user') throw unauthenticated('Sign in as a person to do this: an access token cannot.')
  if (actor.recovery) {
    throw forbidden('person:act', 'A recovery code opens the settings of single sign-on and nothing else.')
  }
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
  refuseAnonymous(ctx)
  const grant = row === null ? null : await findGrant(ctx, row.organizationId)
  if (row === null || grant === null) throw notFound(what)
  if (!grant.role.permissions.includes(permission)) throw forbidden(permission)
  return { row, grant }
}
