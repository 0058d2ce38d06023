import { and, count, eq, isNull, not, type SQL, sql } from 'drizzle-orm'
import { inForce } from '../access/enforcement.store.ts'
import type { CustomRole } from '../access/role.store.ts'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { keyset } from '../db/keyset.ts'
import { memberships } from '../db/schema/memberships.ts'
import { organizations } from '../db/schema/organizations.ts'
import { roles } from '../db/schema/roles.ts'
import { ssoEnforcements } from '../db/schema/sso-enforcement.ts'
import { users } from '../db/schema/users.ts'
import type { OrganizationRow } from '../organization/organization.store.ts'
import type { UserRow } from '../user/user.store.ts'

/** What is written of a membership. */
export type NewMembership = typeof memberships.$inferInsert
export type MembershipRow = typeof memberships.$inferSelect

/**
 * A membership as it stands now, with whom it joins to what and its custom role: read in one query, so that a list
 * costs no query a row.
 */
export type Member = Omit<MembershipRow, 'customRoleKey'> & {
  customRole: CustomRole | null
  user: Omit<UserRow, 'passwordHash'>
  organization: OrganizationRow
}

const columns = {
  membership: memberships,
  customRole: roles,
  user: { id: users.id, email: users.email, name: users.name, createdAt: users.createdAt },
  organization: organizations,
}

const selectMembers = (db: Db | Tx) =>
  db
    .select(columns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .leftJoin(roles, and(eq(roles.organizationId, memberships.organizationId), eq(roles.key, memberships.role)))

type Selected = Awaited<ReturnType<typeof selectMembers>>[number]

/** What a role becomes when its time is over. */
export const afterExpiry = { role: 'member', roleSource: 'EXPIRY', rolePinned: false, roleExpiresAt: null } as const

/** The row that was just read, changed to what it is by now: past its end, a role is member again. */
export function asItStands(member: Member, now: Date): Member {
  const ended = member.roleExpiresAt !== null && member.roleExpiresAt <= now
  return ended ? Object.assign(member, afterExpiry, { customRole: null }) : member
}

const toMember =
  (now: Date) =>
  ({ membership, customRole, user, organization }: Selected): Member =>
    asItStands({ ...membership, customRole, user, organization }, now)

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findMember(db: Db | Tx, id: string, now: Date): Promise<Member | null> {
  const [row] = await selectMembers(db).where(eq(memberships.id, id))
  return row === undefined ? null : toMember(now)(row)
}

/** The person's membership, suspended or not. */
export async function findMembershipOfUser(
  db: Db | Tx,
  organizationId: string,
  userId: string,
  now: Date,
): Promise<Member | null> {
  const [row] = await selectMembers(db).where(
    and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)),
  )
  return row === undefined ? null : toMember(now)(row)
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
  return rows.map(toMember(entering.now))
}

export async function countEnterableMemberships(db: Db | Tx, entering: Entering): Promise<number> {
  const [row] = await db.select({ count: count() }).from(memberships).where(enterable(entering))
  return row?.count ?? 0
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

/** Inserts the membership unless the person has one already: then false. */
export async function insertMembership(tx: Tx, row: NewMembership): Promise<boolean> {
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
  change: Partial<
    Pick<MembershipRow, 'role' | 'roleSource' | 'rolePinned' | 'roleExpiresAt' | 'suspendedAt' | 'lastSignInAt'>
  >,
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
