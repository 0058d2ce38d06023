import { and, count, eq, isNull, not, type SQL, sql } from 'drizzle-orm'
import { inForce } from '../access/enforcement.store.ts'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { keyset } from '../db/keyset.ts'
import { memberships } from '../db/schema/memberships.ts'
import { organizations } from '../db/schema/organizations.ts'
import { ssoEnforcements } from '../db/schema/sso-enforcement.ts'
import { users } from '../db/schema/users.ts'
import type { OrganizationRow } from '../organization/organization.store.ts'
import type { UserRow } from '../user/user.store.ts'

export type MembershipRow = typeof memberships.$inferSelect

/** A membership with whom it joins to what: read in one query, so that a list costs no query a row. */
export type Member = MembershipRow & { user: Omit<UserRow, 'passwordHash'>; organization: OrganizationRow }

const columns = {
  membership: memberships,
  user: { id: users.id, email: users.email, name: users.name, createdAt: users.createdAt },
  organization: organizations,
}

const selectMembers = (db: Db | Tx) =>
  db
    .select(columns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))

type Selected = Awaited<ReturnType<typeof selectMembers>>[number]

const toMember = ({ membership, user, organization }: Selected): Member => ({ ...membership, user, organization })

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findMember(db: Db | Tx, id: string): Promise<Member | null> {
  const [row] = await selectMembers(db).where(eq(memberships.id, id))
  return row === undefined ? null : toMember(row)
}

/** The person's membership, suspended or not. */
export async function findMembershipOfUser(
  db: Db | Tx,
  organizationId: string,
  userId: string,
): Promise<Member | null> {
  const [row] = await selectMembers(db).where(
    and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)),
  )
  return row === undefined ? null : toMember(row)
}

const activeOfUser = (userId: string): SQL | undefined =>
  and(eq(memberships.userId, userId), isNull(memberships.suspendedAt))

/** Whose session it is, the one organization that it can enter where that is not null, and when. */
type Entering = { userId: string; sessionId: string; onlyOrganizationId: string | null; now: Date }

/**
 * The memberships that the session can enter, as admissionOf() decides: all but those of organizations that enforce
 * single sign-on, unless it was made through one, or switched it on and it is on trial.
 */
function enterable({ userId, sessionId, onlyOrganizationId, now }: Entering): SQL | undefined {
  if (onlyOrganizationId !== null) {
    return and(activeOfUser(userId), eq(memberships.organizationId, onlyOrganizationId))
  }
  const keptOut = sql`exists (select 1 from ${ssoEnforcements}
    where ${ssoEnforcements.organizationId} = ${memberships.organizationId} and ${inForce(now)}
      and (${ssoEnforcements.confirmedAt} is not null
        or ${ssoEnforcements.enforcedByCredentialId} is distinct from ${sessionId}))`
  return and(activeOfUser(userId), not(keptOut))
}

/** One page of them, newest first; see keyset(). */
export async function pageEnterableMemberships(db: Db | Tx, entering: Entering, page: Page): Promise<Member[]> {
  const { where, orderBy, limit } = keyset(memberships.id, page)
  const rows = await selectMembers(db)
    .where(and(enterable(entering), where))
    .orderBy(orderBy)
    .limit(limit)
  return rows.map(toMember)
}

export async function countEnterableMemberships(db: Db | Tx, entering: Entering): Promise<number> {
  const [row] = await db.select({ count: count() }).from(memberships).where(enterable(entering))
  return row?.count ?? 0
}

/** True when the person is an owner somewhere, and not suspended there. */
export async function ownsAnyOrganization(db: Db | Tx, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(activeOfUser(userId), eq(memberships.role, 'owner')))
    .limit(1)
  return rows.length > 0
}

/** Every organization the person belongs to, those that suspended them included. */
export async function listOrganizationIdsOfUser(db: Db | Tx, userId: string): Promise<string[]> {
  const rows = await db
    .select({ organizationId: memberships.organizationId })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .orderBy(memberships.id)
  return rows.map((row) => row.organizationId)
}

/** How many owners are not suspended. */
export async function countActiveOwners(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.role, 'owner'),
        isNull(memberships.suspendedAt),
      ),
    )
  return row?.count ?? 0
}

/** Where the owners who are not suspended are written to, in the order in which they joined. */
export async function listOwnerEmails(db: Db | Tx, organizationId: string): Promise<string[]> {
  const rows = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.role, 'owner'),
        isNull(memberships.suspendedAt),
      ),
    )
    .orderBy(memberships.id)
  return rows.map((row) => row.email)
}

/** Inserts the membership unless the person has one already: then false. */
export async function insertMembership(tx: Tx, row: MembershipRow): Promise<boolean> {
  const inserted = await tx
    .insert(memberships)
    .values(row)
    .onConflictDoNothing({ target: [memberships.organizationId, memberships.userId] })
    .returning({ id: memberships.id })
  return inserted.length > 0
}

/**
 * The person's membership, locked until the transaction ends: a sign-in and a suspension take turns, so that no
 * session is made beside the suspension that ends them.
 */
export async function lockMembershipOfUser(
  tx: Tx,
  organizationId: string,
  userId: string,
): Promise<MembershipRow | null> {
  const [row] = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)))
    .for('update')
  return row ?? null
}

export async function updateMembership(
  tx: Tx,
  organizationId: string,
  id: string,
  change: Partial<Pick<MembershipRow, 'role' | 'roleSource' | 'suspendedAt' | 'lastSignInAt'>>,
): Promise<void> {
  await tx
    .update(memberships)
    .set(change)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.id, id)))
}

/** Notes a sign-in at every membership that lets the person in. */
export async function setLastSignIn(tx: Tx, userId: string, lastSignInAt: Date): Promise<void> {
  await tx.update(memberships).set({ lastSignInAt }).where(activeOfUser(userId))
}

export async function deleteMembership(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(memberships).where(and(eq(memberships.organizationId, organizationId), eq(memberships.id, id)))
}
