import { and, count, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { keyset } from '../db/keyset.ts'
import { accessTokens } from '../db/schema/access-tokens.ts'
import { memberships } from '../db/schema/memberships.ts'
import { organizations } from '../db/schema/organizations.ts'
import { roles } from '../db/schema/roles.ts'
import { users } from '../db/schema/users.ts'

const columns = {
  id: accessTokens.id,
  organizationId: accessTokens.organizationId,
  name: accessTokens.name,
  role: accessTokens.role,
  customRole: roles,
  lastCharacters: accessTokens.lastCharacters,
  createdByUserId: accessTokens.createdByUserId,
  createdAt: accessTokens.createdAt,
  expiresAt: accessTokens.expiresAt,
  lastUsedAt: accessTokens.lastUsedAt,
  organization: organizations,
  createdBy: { id: users.id, email: users.email, name: users.name, createdAt: users.createdAt },
}

const selectTokens = (db: Db | Tx) =>
  db
    .select(columns)
    .from(accessTokens)
    .innerJoin(organizations, eq(organizations.id, accessTokens.organizationId))
    .innerJoin(users, eq(users.id, accessTokens.createdByUserId))
    .leftJoin(roles, and(eq(roles.organizationId, accessTokens.organizationId), eq(roles.key, accessTokens.role)))

/** A token with its organization, its maker and its custom role; the hash of the secret stays behind. */
export type AccessTokenRow = Awaited<ReturnType<typeof selectTokens>>[number]

export async function insertAccessToken(tx: Tx, row: typeof accessTokens.$inferInsert): Promise<void> {
  await tx.insert(accessTokens).values(row)
}

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findAccessToken(db: Db | Tx, id: string): Promise<AccessTokenRow | null> {
  const [row] = await selectTokens(db).where(eq(accessTokens.id, id))
  return row ?? null
}

/** The token whose secret hashes to this, expired ones too; null also when its maker is gone or suspended. */
export async function findAccessTokenByHash(db: Db | Tx, tokenHash: string): Promise<AccessTokenRow | null> {
  const ofMaker = and(
    eq(memberships.organizationId, accessTokens.organizationId),
    eq(memberships.userId, accessTokens.createdByUserId),
    isNull(memberships.suspendedAt),
  )
  const [row] = await selectTokens(db).innerJoin(memberships, ofMaker).where(eq(accessTokens.tokenHash, tokenHash))
  return row ?? null
}

/** One page of an organization's tokens, newest first; see keyset(). */
export function pageAccessTokens(db: Db | Tx, organizationId: string, page: Page): Promise<AccessTokenRow[]> {
  const { where, orderBy, limit } = keyset(accessTokens.id, page)
  return selectTokens(db)
    .where(and(eq(accessTokens.organizationId, organizationId), where))
    .orderBy(orderBy)
    .limit(limit)
}

export async function countAccessTokens(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(accessTokens)
    .where(eq(accessTokens.organizationId, organizationId))
  return row?.count ?? 0
}

/** Notes a use, unless one was noted after `unlessSince`: busy tokens do not write at every request. */
export async function noteAccessTokenUse(db: Db, id: string, now: Date, unlessSince: Date): Promise<void> {
  await db
    .update(accessTokens)
    .set({ lastUsedAt: now })
    .where(and(eq(accessTokens.id, id), or(isNull(accessTokens.lastUsedAt), lt(accessTokens.lastUsedAt, unlessSince))))
}

/** @returns false when it was gone already. */
export async function deleteAccessToken(tx: Tx, organizationId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(accessTokens)
    .where(and(eq(accessTokens.organizationId, organizationId), eq(accessTokens.id, id)))
    .returning({ id: accessTokens.id })
  return rows.length > 0
}

/** What these people answer for in the organization, by age. */
export function listAccessTokensOf(
  db: Db | Tx,
  organizationId: string,
  userIds: readonly string[],
): Promise<AccessTokenRow[]> {
  return selectTokens(db)
    .where(and(eq(accessTokens.organizationId, organizationId), inArray(accessTokens.createdByUserId, [...userIds])))
    .orderBy(accessTokens.id)
}

/** Somebody else answers for the token. */
export async function setAccessTokenMaker(
  tx: Tx,
  { organizationId, id }: { organizationId: string; id: string },
  createdByUserId: string,
): Promise<void> {
  await tx
    .update(accessTokens)
    .set({ createdByUserId })
    .where(and(eq(accessTokens.organizationId, organizationId), eq(accessTokens.id, id)))
}

/** Deletes what a person made in the organization. @returns what it was */
export function deleteAccessTokensOf(
  tx: Tx,
  organizationId: string,
  userId: string,
): Promise<{ id: string; name: string }[]> {
  return tx
    .delete(accessTokens)
    .where(and(eq(accessTokens.organizationId, organizationId), eq(accessTokens.createdByUserId, userId)))
    .returning({ id: accessTokens.id, name: accessTokens.name })
}
