import { and, asc, count, desc, eq, getTableColumns, gt, ilike, lt, not, or, type SQL, sql } from 'drizzle-orm'
import { customRoleAsOne, holdsRole } from '../access/role.store.ts'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { escapeLike } from '../db/escape-like.ts'
import { keyset } from '../db/keyset.ts'
import { literalLimit, prepared } from '../db/prepared.ts'
import { memberships } from '../db/schema/memberships.ts'
import { roles } from '../db/schema/roles.ts'
import { users } from '../db/schema/users.ts'
import type { OrganizationRow } from '../organization/organization.store.ts'
import { asItStands, type Member } from './membership.store.ts'
import { usedSso } from './used-sso.store.ts'

/** Which members to list: `query` is found anywhere in e-mail address or name, in any letter case. */
export type MemberFilter = {
  query: string | null
  role: string | null
  /** Known to a connection of the organization, or to none. */
  usedSso: boolean | null
  now: Date
}

/**
 * Every column is decoded in every row, so there are no more than needed: what all rows share is added afterwards, and the
 * custom role that few have is one value.
 */
const { organizationId: _, customRoleKey: __, userId: ___, ...ownColumns } = getTableColumns(memberships)
const columns = {
  ...ownColumns,
  customRole: customRoleAsOne,
  user: { id: users.id, email: users.email, name: users.name, createdAt: users.createdAt },
}

const selectMembers = (db: Db | Tx) =>
  db
    .select(columns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(roles, and(eq(roles.organizationId, memberships.organizationId), eq(roles.key, memberships.role)))

function found(organizationId: string, { query, role, usedSso: used, now }: MemberFilter): SQL | undefined {
  const pattern = query === null ? null : `%${escapeLike(query)}%`
  return and(
    eq(memberships.organizationId, organizationId),
    role === null ? undefined : holdsRole(role, now),
    used === null ? undefined : used ? usedSso() : not(usedSso()),
    pattern === null ? undefined : or(ilike(users.email, pattern), ilike(users.name, pattern)),
  )
}

/** A search lists the newest accounts first, everything else the newest memberships. */
export const sortsByPerson = ({ query }: Pick<MemberFilter, 'query'>): boolean => query !== null

/**
 * Planned anew each time: only the word tells whether many have it. What a search finds is sorted by the person, so that the
 * first page is known before the membership of each has been looked up.
 */
function searchMembers(db: Db | Tx, organizationId: string, filter: MemberFilter, page: Page) {
  const { where, orderBy, limit } = keyset(sortsByPerson(filter) ? users.id : memberships.id, page)
  return selectMembers(db)
    .where(and(found(organizationId, filter), where))
    .orderBy(orderBy)
    .limit(limit)
}

/** How many rows a statement reads: a page takes the first of these that is enough, so that there are few statements. */
const limits = [11, 26, 51, 101] as const

/** The same as keyset(), with placeholders. */
function preparePage(direction: Page['direction'], fromCursor: boolean, limit: number) {
  const forward = direction === 'forward'
  const beyond = forward ? lt : gt
  return prepared((db) =>
    selectMembers(db)
      .where(
        and(
          eq(memberships.organizationId, sql.placeholder('organizationId')),
          fromCursor ? beyond(memberships.id, sql.placeholder('cursor')) : undefined,
        ),
      )
      .orderBy(forward ? desc(memberships.id) : asc(memberships.id))
      .limit(literalLimit(limit))
      .prepare('page_of_members'),
  )
}

const pages = new Map<string, ReturnType<typeof preparePage>>()

function pageStatement(db: Db | Tx, { direction, cursor, size }: Page) {
  const limit = limits.find((most) => most > size) ?? size + 1
  const key = `${direction} ${cursor !== null} ${limit}`
  const known = pages.get(key) ?? preparePage(direction, cursor !== null, limit)
  pages.set(key, known)
  return known(db)
}

/** One page of an organization's members, newest first, as `sortsByPerson` says: `size + 1` rows in walking order, for toConnection. */
export async function pageMembers(
  db: Db | Tx,
  organization: OrganizationRow,
  filter: MemberFilter,
  page: Page,
): Promise<Member[]> {
  const organizationId = organization.id
  const rows = await (filter.query === null && filter.role === null && filter.usedSso === null
    ? pageStatement(db, page).execute({ organizationId, cursor: page.cursor })
    : searchMembers(db, organizationId, filter, page))
  // To copy each row would take as long as to read it.
  return rows
    .slice(0, page.size + 1)
    .map((row) => asItStands(Object.assign(row, { organization, organizationId, userId: row.user.id }), filter.now))
}

/** How many of them a search finds, of which it counts no more than `most`. */
export async function countFoundMembers(
  db: Db | Tx,
  organizationId: string,
  filter: MemberFilter,
  most: number,
): Promise<number> {
  const some = db
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(found(organizationId, filter))
    .limit(most)
    .as('found')
  const [row] = await db.select({ count: count() }).from(some)
  return row?.count ?? 0
}
