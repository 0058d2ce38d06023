import { and, eq, isNull, lte, or } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { idempotencyKeys } from '../db/schema/idempotency-keys.ts'

export type IdempotencyKeyRow = typeof idempotencyKeys.$inferSelect

/**
 * Takes the key for this request: a new one, one whose day is over, or one whose first request never came to an end.
 * @returns false when it is somebody's
 */
export async function takeKey(db: Db, row: Omit<IdempotencyKeyRow, 'sealedAnswer'>, now: Date): Promise<boolean> {
  const fresh = { ...row, sealedAnswer: null }
  const abandoned = and(isNull(idempotencyKeys.sealedAnswer), lte(idempotencyKeys.lockedUntil, now))
  const rows = await db
    .insert(idempotencyKeys)
    .values(fresh)
    .onConflictDoUpdate({
      target: idempotencyKeys.id,
      set: fresh,
      setWhere: or(
        lte(idempotencyKeys.expiresAt, now),
        and(abandoned, eq(idempotencyKeys.requestHash, row.requestHash)),
      ),
    })
    .returning({ id: idempotencyKeys.id })
  return rows.length > 0
}

export async function findKey(db: Db, id: string): Promise<IdempotencyKeyRow | null> {
  const [row] = await db.select().from(idempotencyKeys).where(eq(idempotencyKeys.id, id))
  return row ?? null
}

/** Keeps the answer, unless another request has taken the key over meanwhile. */
export async function keepAnswer(
  db: Db,
  { id, lockedUntil }: Pick<IdempotencyKeyRow, 'id' | 'lockedUntil'>,
  sealedAnswer: string,
): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ sealedAnswer })
    .where(and(eq(idempotencyKeys.id, id), eq(idempotencyKeys.lockedUntil, lockedUntil)))
}

/** Nothing was done: the next request with the key is a first one again. */
export async function releaseKey(
  db: Db,
  { id, lockedUntil }: Pick<IdempotencyKeyRow, 'id' | 'lockedUntil'>,
): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.id, id),
        eq(idempotencyKeys.lockedUntil, lockedUntil),
        isNull(idempotencyKeys.sealedAnswer),
      ),
    )
}

export async function deleteExpiredKeys(db: Db, now: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, now))
}
