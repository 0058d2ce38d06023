import { and, count, desc, eq, gt, isNotNull, isNull, max } from 'drizzle-orm'
import { isActiveOwner } from '../../access/role.store.ts'
import type { Db, Tx } from '../../db/client.ts'
import { memberships } from '../../db/schema/memberships.ts'
import { recoveryCodes } from '../../db/schema/sso-enforcement.ts'
import { users } from '../../db/schema/users.ts'

export type RecoveryCodeRow = typeof recoveryCodes.$inferSelect

const unusedOf = (organizationId: string, userId: string) =>
  and(eq(recoveryCodes.organizationId, organizationId), eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt))

/** Puts new codes in the place of the owner's unused ones. Used ones stay, as a record. */
export async function replaceRecoveryCodes(
  tx: Tx,
  organizationId: string,
  userId: string,
  rows: RecoveryCodeRow[],
): Promise<void> {
  await tx.delete(recoveryCodes).where(unusedOf(organizationId, userId))
  await tx.insert(recoveryCodes).values(rows)
}

/** How many unused codes the person has, and when they were made; null without any. */
export async function findUnusedRecoveryCodes(
  db: Db | Tx,
  organizationId: string,
  userId: string,
): Promise<{ unused: number; createdAt: Date | null }> {
  const [row] = await db
    .select({ unused: count(), createdAt: max(recoveryCodes.createdAt) })
    .from(recoveryCodes)
    .where(unusedOf(organizationId, userId))
  return row ?? { unused: 0, createdAt: null }
}

/** Codes that would let somebody in: unused, of an owner who is not suspended. */
export async function countUsableRecoveryCodes(db: Db | Tx, organizationId: string, now: Date): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(recoveryCodes)
    .innerJoin(
      memberships,
      and(
        eq(memberships.organizationId, recoveryCodes.organizationId),
        eq(memberships.userId, recoveryCodes.userId),
        isActiveOwner(now),
      ),
    )
    .where(and(eq(recoveryCodes.organizationId, organizationId), isNull(recoveryCodes.usedAt)))
  return row?.count ?? 0
}

/** Spends the code with this hash. @returns whose it is; null when it is unknown or spent already */
export async function takeRecoveryCode(
  tx: Tx,
  codeHash: string,
  now: Date,
): Promise<Pick<RecoveryCodeRow, 'id' | 'organizationId' | 'userId'> | null> {
  const [row] = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({
      id: recoveryCodes.id,
      organizationId: recoveryCodes.organizationId,
      userId: recoveryCodes.userId,
    })
  return row ?? null
}

/** The latest uses since then, newest first. */
export async function listRecoveryCodeUses(
  db: Db | Tx,
  organizationId: string,
  since: Date,
): Promise<{ at: Date; email: string }[]> {
  const rows = await db
    .select({ at: recoveryCodes.usedAt, email: users.email })
    .from(recoveryCodes)
    .innerJoin(users, eq(users.id, recoveryCodes.userId))
    .where(
      and(
        eq(recoveryCodes.organizationId, organizationId),
        isNotNull(recoveryCodes.usedAt),
        gt(recoveryCodes.usedAt, since),
      ),
    )
    .orderBy(desc(recoveryCodes.usedAt))
    .limit(10)
  return rows.flatMap(({ at, email }) => (at === null ? [] : [{ at, email }]))
}
