import { asc, eq, lte, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { mailOutbox } from '../db/schema/mail-outbox.ts'

export type MailRow = typeof mailOutbox.$inferSelect

export async function insertMail(tx: Tx, row: MailRow): Promise<void> {
  await tx.insert(mailOutbox).values(row)
}

/**
 * Takes the mail that has waited longest, by putting it off until `leaseEnd`: no other replica takes it meanwhile, and
 * should this one die, somebody does afterwards. @returns null when nothing is due.
 */
export async function claimDueMail(db: Db, now: Date, leaseEnd: Date): Promise<MailRow | null> {
  const due = db
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(lte(mailOutbox.dueAt, now))
    .orderBy(asc(mailOutbox.dueAt), asc(mailOutbox.id))
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db
    .update(mailOutbox)
    .set({ dueAt: leaseEnd, attempts: sql`${mailOutbox.attempts} + 1` })
    .where(eq(mailOutbox.id, due))
    .returning()
  return row ?? null
}

export async function putOffMail(db: Db, id: string, dueAt: Date): Promise<void> {
  await db.update(mailOutbox).set({ dueAt }).where(eq(mailOutbox.id, id))
}

export async function deleteMail(db: Db, id: string): Promise<void> {
  await db.delete(mailOutbox).where(eq(mailOutbox.id, id))
}
