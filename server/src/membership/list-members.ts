import { authorize, authorizeOwned, findGrant, requireActor } from '../access/authorize.ts'
import { findRoles, refuseUnknownRole } from '../access/find-roles.ts'
import { findBuiltInRole } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { FieldErrors } from '../core/errors.ts'
import { type Connection, type Page, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import type { OrganizationRow } from '../organization/organization.store.ts'
import { countFoundMembers, type MemberFilter, pageMembers, sortsByPerson } from './member-page.store.ts'
import {
  countEnterableMemberships,
  findMember,
  findMembershipOfUser,
  type Member,
  pageEnterableMemberships,
} from './membership.store.ts'
import { countMembers } from './membership-count.store.ts'
import { type MembershipView, viewMembership } from './membership-view.ts'

/** Where a search stops to count: to count on would take longer the more it finds. */
const mostCounted = 1000

export type MemberSearch = PageArguments & { query?: string | null; role?: string | null; usedSso?: boolean | null }

async function parseFilter(
  ctx: RequestContext,
  organizationId: string,
  { query, role, usedSso = null }: MemberSearch,
): Promise<MemberFilter> {
  const errors = new FieldErrors()
  // A database takes no NUL, and nobody searches for a control character.
  const text = query?.replace(/\p{Cc}+/gu, ' ').trim() || null
  if (text !== null && text.length > 200) errors.add('query', 'TOO_LONG', 'Search for at most 200 characters.')
  const key = role || null
  if (key !== null && findBuiltInRole(key) === null) {
    const known = await findRoles(ctx, organizationId)
    if (!known.some((one) => one.key === key)) refuseUnknownRole(known, 'role', errors)
  }
  errors.throwIfAny()
  return { query: text, role: key, usedSso, now: ctx.clock.now() }
}

/** The organization's members, suspended ones included, newest first; a search lists the newest accounts first, and counts 1,000 at most. @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN */
export async function listMembers(
  ctx: RequestContext,
  organization: OrganizationRow,
  search: MemberSearch,
): Promise<Connection<MembershipView>> {
  await authorize(ctx, 'member:read', organization.id)
  if (search.usedSso != null) await authorize(ctx, 'sso:read', organization.id)
  const filter = await parseFilter(ctx, organization.id, search)
  const byPerson = sortsByPerson(filter)
  const page = parsePage(search, byPerson ? 'usr' : 'mem')
  const { rows, count } = await (filter.query === null && filter.usedSso === null ? listPage : searchPage)(
    ctx,
    organization,
    filter,
    page,
  )
  return toConnection(rows, page, viewMembership, count, ({ id, userId }) => (byPerson ? userId : id))
}

type Listed = { rows: Member[]; count: () => Promise<number> }

async function listPage(
  { db }: RequestContext,
  organization: OrganizationRow,
  filter: MemberFilter,
  page: Page,
): Promise<Listed> {
  const rows = await pageMembers(db, organization, filter, page)
  return { rows, count: () => countMembers(db, organization.id, filter.role, filter.now) }
}

/** Looks and counts at the same time: of a name that many bear, each takes long. */
async function searchPage(
  { db }: RequestContext,
  organization: OrganizationRow,
  filter: MemberFilter,
  page: Page,
): Promise<Listed> {
  const [rows, counted] = await Promise.all([
    pageMembers(db, organization, filter, page),
    countFoundMembers(db, organization.id, filter, mostCounted),
  ])
  return { rows, count: () => Promise.resolve(counted) }
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
  const page = parsePage(args, 'mem')
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
