import { asc, desc, eq, lt, lte, sql } from 'drizzle-orm'
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

/** The latest mails, newest first, as many as anybody reads. */
export function listMail(db: Db): Promise<MailRow[]> {
  return db.select().from(mailOutbox).orderBy(desc(mailOutbox.id)).limit(100)
}

export async function findMail(db: Db, id: string): Promise<MailRow | null> {
  const [row] = await db.select().from(mailOutbox).where(eq(mailOutbox.id, id))
  return row ?? null
}

/** What is as old was given up long ago, or is a developer's. */
export async function deleteMailQueuedBefore(db: Db, time: Date): Promise<void> {
  await db.delete(mailOutbox).where(lt(mailOutbox.createdAt, time))
}

export async function deleteMail(db: Db, id: string): Promise<void> {
  await db.delete(mailOutbox).where(eq(mailOutbox.id, id))
}
