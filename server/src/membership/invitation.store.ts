import { and, count, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { keyset } from '../db/keyset.ts'
import { invitations } from '../db/schema/invitations.ts'
import { memberships } from '../db/schema/memberships.ts'
import { organizations } from '../db/schema/organizations.ts'
import { roles } from '../db/schema/roles.ts'
import { users } from '../db/schema/users.ts'

const inviterRoles = alias(roles, 'inviter_roles')

const columns = {
  id: invitations.id,
  organizationId: invitations.organizationId,
  email: invitations.email,
  role: invitations.role,
  customRole: roles,
  sentAt: invitations.sentAt,
  expiresAt: invitations.expiresAt,
  organization: organizations,
  invitedBy: { id: users.id, email: users.email, name: users.name, createdAt: users.createdAt },
  /** The inviter's role now; null when they are suspended or no member any more. */
  inviterRole: memberships.role,
  inviterCustomRole: inviterRoles,
  /** When that role ends; past it they are a member. */
  inviterRoleExpiresAt: memberships.roleExpiresAt,
}

const selectInvitations = (db: Db | Tx) =>
  db
    .select(columns)
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .innerJoin(users, eq(users.id, invitations.invitedByUserId))
    .leftJoin(
      memberships,
      and(
        eq(memberships.organizationId, invitations.organizationId),
        eq(memberships.userId, invitations.invitedByUserId),
        isNull(memberships.suspendedAt),
      ),
    )
    .leftJoin(roles, and(eq(roles.organizationId, invitations.organizationId), eq(roles.key, invitations.role)))
    .leftJoin(
      inviterRoles,
      and(eq(inviterRoles.organizationId, memberships.organizationId), eq(inviterRoles.key, memberships.role)),
    )

/** An invitation with its organization and its inviter; the hash of the secret stays behind. */
export type InvitationRow = Awaited<ReturnType<typeof selectInvitations>>[number]

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findInvitation(db: Db | Tx, id: string): Promise<InvitationRow | null> {
  const [row] = await selectInvitations(db).where(eq(invitations.id, id))
  return row ?? null
}

/** The one whose secret hashes to this, expired ones too. */
export async function findInvitationByHash(db: Db | Tx, tokenHash: string): Promise<InvitationRow | null> {
  const [row] = await selectInvitations(db).where(eq(invitations.tokenHash, tokenHash))
  return row ?? null
}

/** Those of the addresses that have an invitation, expired ones included. */
export function findInvitationsTo(db: Db | Tx, organizationId: string, emails: string[]): Promise<InvitationRow[]> {
  return selectInvitations(db).where(
    and(eq(invitations.organizationId, organizationId), inArray(invitations.email, emails)),
  )
}

/** Those of the addresses that belong to members, suspended ones included. */
export async function findMemberEmails(db: Db | Tx, organizationId: string, emails: string[]): Promise<string[]> {
  const rows = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organizationId, organizationId), inArray(users.email, emails)))
  return rows.map((row) => row.email)
}

/** One page of an organization's invitations, newest first; see keyset(). */
export function pageInvitations(db: Db | Tx, organizationId: string, page: Page): Promise<InvitationRow[]> {
  const { where, orderBy, limit } = keyset(invitations.id, page)
  return selectInvitations(db)
    .where(and(eq(invitations.organizationId, organizationId), where))
    .orderBy(orderBy)
    .limit(limit)
}

export async function countInvitations(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(invitations)
    .where(eq(invitations.organizationId, organizationId))
  return row?.count ?? 0
}

type Sending = typeof invitations.$inferInsert

/**
 * Makes the invitation. To an address that has one, it becomes that one's new sending: the earlier link holds no more.
 * @returns its id
 */
export async function upsertInvitation(tx: Tx, row: Sending): Promise<string> {
  const { role, tokenHash, invitedByUserId, sentAt, expiresAt } = row
  const [saved] = await tx
    .insert(invitations)
    .values(row)
    .onConflictDoUpdate({
      target: [invitations.organizationId, invitations.email],
      set: { role, tokenHash, invitedByUserId, sentAt, expiresAt },
    })
    .returning({ id: invitations.id })
  if (saved === undefined) throw new Error('an upsert returned no row')
  return saved.id
}

/** Takes it out, for one caller alone. @returns false when somebody was faster. */
export async function deleteInvitation(tx: Tx, organizationId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.id, id)))
    .returning({ id: invitations.id })
  return rows.length > 0
}

/**
 * Takes out the invitation to an address if it gives this role. One that is being accepted at this moment is left to
 * that: a sign-in that waited for it could be what it waits for.
 * @returns its id, or null when there is none.
 */
export async function deleteInvitationUnlessLocked(
  tx: Tx,
  organizationId: string,
  email: string,
  role: string,
): Promise<string | null> {
  const free = tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(eq(invitations.organizationId, organizationId), eq(invitations.email, email), eq(invitations.role, role)),
    )
    .for('update', { skipLocked: true })
  const rows = await tx.delete(invitations).where(inArray(invitations.id, free)).returning({ id: invitations.id })
  return rows[0]?.id ?? null
}

/** Takes out what invites the person and what they invited others by. @returns what it was */
export function deleteInvitationsOf(
  tx: Tx,
  organizationId: string,
  user: { id: string; email: string },
): Promise<{ id: string; email: string }[]> {
  return tx
    .delete(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        or(eq(invitations.email, user.email), eq(invitations.invitedByUserId, user.id)),
      ),
    )
    .returning({ id: invitations.id, email: invitations.email })
}

export async function deleteInvitationsExpiredBefore(db: Db, before: Date): Promise<void> {
  await db.delete(invitations).where(lt(invitations.expiresAt, before))
}
