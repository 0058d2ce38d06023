import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { violatedConstraint } from '../db/constraint-error.ts'
import { sessions } from '../db/schema/sessions.ts'
import { users } from '../db/schema/users.ts'

export type UserRow = typeof users.$inferSelect

export async function findUser(db: Db | Tx, id: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  return row ?? null
}

/**
 * Until the transaction ends, nobody changes the person's address or removes them; others may do the same at once.
 * Taken before their memberships by whoever makes a session, because a changed address, which a sign-in may bring,
 * comes before them too.
 */
export async function keepUser(tx: Tx, id: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('key share')
}

/** Those of them that there are, by id. */
export async function findUsers(db: Db | Tx, ids: string[]): Promise<Map<string, UserRow>> {
  const rows = await db.select().from(users).where(inArray(users.id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

/** @param email in lower case. */
export async function findUserByEmail(db: Db | Tx, email: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email))
  return row ?? null
}

/** Inserts the user unless the e-mail address is taken: then false. */
export async function insertUser(tx: Tx, row: UserRow): Promise<boolean> {
  const inserted = await tx
    .insert(users)
    .values(row)
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id })
  return inserted.length > 0
}

/** @param email in lower case. @returns false when somebody else has it: then nothing is changed. */
export async function changeUserEmail(tx: Tx, id: string, email: string): Promise<boolean> {
  try {
    // In a savepoint of its own: somebody may take the address in the same moment.
    await tx.transaction((savepoint) => savepoint.update(users).set({ email }).where(eq(users.id, id)))
    return true
  } catch (error) {
    if (violatedConstraint(error) === 'users_email_unique') return false
    throw error
  }
}

export async function changeUserName(tx: Tx, id: string, name: string): Promise<void> {
  await tx.update(users).set({ name }).where(eq(users.id, id))
}

/** The password counts no more, and what was opened with it ends. */
export async function forgetPassword(tx: Tx, id: string): Promise<void> {
  await tx.update(users).set({ passwordHash: null }).where(eq(users.id, id))
  await tx.delete(sessions).where(and(eq(sessions.userId, id), isNull(sessions.connectionId)))
}
