import { authorize, authorizeOwned, findGrant, requireActor } from '../access/authorize.ts'
import { findRoles, refuseUnknownRole } from '../access/find-roles.ts'
import type { RequestContext } from '../access/request-context.ts'
import { FieldErrors } from '../core/errors.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import {
  countEnterableMemberships,
  countMembers,
  findMember,
  findMembershipOfUser,
  type MemberFilter,
  pageEnterableMemberships,
  pageMembers,
} from './membership.store.ts'
import { type MembershipView, viewMembership } from './membership-view.ts'

export type MemberSearch = PageArguments & { query?: string | null; role?: string | null }

async function parseFilter(
  ctx: RequestContext,
  organizationId: string,
  { query, role }: MemberSearch,
): Promise<MemberFilter> {
  const errors = new FieldErrors()
  // A database takes no NUL, and nobody searches for a control character.
  const text = query?.replace(/\p{Cc}+/gu, ' ').trim() || null
  if (text !== null && text.length > 200) errors.add('query', 'TOO_LONG', 'Search for at most 200 characters.')
  const key = role || null
  const known = await findRoles(ctx, organizationId)
  if (key !== null && !known.some((one) => one.key === key)) refuseUnknownRole(known, 'role', errors)
  errors.throwIfAny()
  return { query: text, role: key, now: ctx.clock.now() }
}

/** The organization's members, suspended ones included, newest first. @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN */
export async function listMembers(
  ctx: RequestContext,
  organizationId: string,
  search: MemberSearch,
): Promise<Connection<MembershipView>> {
  await authorize(ctx, 'member:read', organizationId)
  const page = parsePage(search)
  const filter = await parseFilter(ctx, organizationId, search)
  const rows = await pageMembers(ctx.db, organizationId, filter, page)
  return toConnection(rows, page, viewMembership, () => countMembers(ctx.db, organizationId, filter))
}

/**
 * The memberships that let the person who asks in, newest first: through single sign-on, in its organization alone. An access token has none of its own: it names its
 * organization itself.
 * @throws BAD_USER_INPUT, UNAUTHENTICATED
 */
export async function listMembershipsOfViewer(
  ctx: RequestContext,
  args: PageArguments,
): Promise<Connection<MembershipView>> {
  const actor = requireActor(ctx)
  const page = parsePage(args)
  if (actor.kind === 'accessToken') return toConnection([], page, viewMembership, () => Promise.resolve(0))
  const entering = { ...actor, now: ctx.clock.now() }
  const rows = await pageEnterableMemberships(ctx.db, entering, page)
  const count = () => countEnterableMemberships(ctx.db, entering)
  return toConnection(rows, page, viewMembership, count)
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getMembership(ctx: RequestContext, id: string): Promise<MembershipView> {
  const { row } = await authorizeOwned(ctx, 'member:read', 'membership', await findMember(ctx.db, id, ctx.clock.now()))
  return viewMembership(row)
}

/** The actor's own membership; null for an access token and for nobody. */
export async function findViewerMembership(
  ctx: RequestContext,
  organizationId: string,
): Promise<MembershipView | null> {
  const grant = await findGrant(ctx, organizationId)
  if (grant === null || ctx.actor.kind !== 'user') return null
  const member = await findMembershipOfUser(ctx.db, organizationId, ctx.actor.userId, ctx.clock.now())
  return member && viewMembership(member)
}
