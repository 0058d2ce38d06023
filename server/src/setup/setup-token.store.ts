import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/client.ts'
import { setupTokens } from '../db/schema/setup-tokens.ts'

export async function insertSetupToken(db: Db | Tx, tokenHash: string, createdAt: Date): Promise<void> {
  await db.insert(setupTokens).values({ tokenHash, createdAt }).onConflictDoNothing()
}

export async function setupTokenExists(db: Db | Tx, tokenHash: string): Promise<boolean> {
  const rows = await db.select().from(setupTokens).where(eq(setupTokens.tokenHash, tokenHash))
  return rows.length > 0
}

export async function deleteSetupTokens(tx: Tx): Promise<void> {
  await tx.delete(setupTokens)
}

/** Setup happens once: two that run at the same moment take turns on this lock, held until the transaction ends. */
export async function lockSetup(tx: Tx): Promise<void> {
  await tx.execute(`lock table "setup_tokens" in exclusive mode`)
}
