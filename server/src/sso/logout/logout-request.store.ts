import { and, eq, gt, isNotNull, isNull, lte } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { type LogoutAnswer, samlLogoutRequests } from '../../db/schema/saml-sign-in.ts'

export type LogoutRequestRow = typeof samlLogoutRequests.$inferSelect

export async function insertLogoutRequest(db: Db | Tx, row: LogoutRequestRow): Promise<void> {
  await db.insert(samlLogoutRequests).values(row)
}

/** Notes the answer, at most once and only while the request is open. @returns false when it was not to be had. */
export async function answerLogoutRequest(
  db: Db | Tx,
  connectionId: string,
  id: string,
  { answer, now }: { answer: LogoutAnswer; now: Date },
): Promise<boolean> {
  const rows = await db
    .update(samlLogoutRequests)
    .set({ answer })
    .where(
      and(
        eq(samlLogoutRequests.id, id),
        eq(samlLogoutRequests.connectionId, connectionId),
        isNull(samlLogoutRequests.answer),
        gt(samlLogoutRequests.expiresAt, now),
      ),
    )
    .returning({ id: samlLogoutRequests.id })
  return rows.length > 0
}

/** Takes the answered request of this browser: whoever asks second, or from elsewhere, finds nothing. */
export async function takeAnsweredLogoutRequest(
  db: Db | Tx,
  connectionId: string,
  id: string,
  browserBindingHash: string,
): Promise<LogoutRequestRow | null> {
  const [row] = await db
    .delete(samlLogoutRequests)
    .where(
      and(
        eq(samlLogoutRequests.id, id),
        eq(samlLogoutRequests.connectionId, connectionId),
        eq(samlLogoutRequests.browserBindingHash, browserBindingHash),
        isNotNull(samlLogoutRequests.answer),
      ),
    )
    .returning()
  return row ?? null
}

export async function deleteExpiredLogoutRequests(db: Db, now: Date): Promise<void> {
  await db.delete(samlLogoutRequests).where(lte(samlLogoutRequests.expiresAt, now))
}
