import { and, eq, gt, isNull, lte } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { oidcRequests } from '../../db/schema/oidc-sign-in.ts'

export type OidcRequestRow = typeof oidcRequests.$inferSelect

/** What an id looks like: addresses come from anybody, and what is none need not reach the database. */
export const isOidcRequestId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

export async function insertOidcRequest(db: Db | Tx, row: OidcRequestRow): Promise<void> {
  await db.insert(oidcRequests).values(row)
}

export async function findOidcRequest(db: Db | Tx, connectionId: string, id: string): Promise<OidcRequestRow | null> {
  const [row] = await db
    .select()
    .from(oidcRequests)
    .where(and(eq(oidcRequests.id, id), eq(oidcRequests.connectionId, connectionId)))
  return row ?? null
}

/** Spends the request, at most once and only while it is open. @returns false when it was not to be had. */
export async function consumeOidcRequest(db: Db | Tx, connectionId: string, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(oidcRequests)
    .set({ consumedAt: now })
    .where(
      and(
        eq(oidcRequests.id, id),
        eq(oidcRequests.connectionId, connectionId),
        isNull(oidcRequests.consumedAt),
        gt(oidcRequests.expiresAt, now),
      ),
    )
    .returning({ id: oidcRequests.id })
  return rows.length > 0
}

/** Whoever is on the way started with settings that hold no more. */
export async function deleteOidcRequestsOfConnection(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(oidcRequests).where(eq(oidcRequests.connectionId, connectionId))
}

export async function deleteExpiredOidcRequests(db: Db, now: Date): Promise<void> {
  await db.delete(oidcRequests).where(lte(oidcRequests.expiresAt, now))
}
