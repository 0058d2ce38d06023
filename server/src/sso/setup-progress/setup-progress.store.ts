import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { ssoSetupProgress } from '../../db/schema/sso-setup-progress.ts'

export type SetupProgressRow = typeof ssoSetupProgress.$inferSelect

/** Null: nobody has begun with a guide. */
export async function findSetupProgress(db: Db, connectionId: string): Promise<SetupProgressRow | null> {
  const [row] = await db.select().from(ssoSetupProgress).where(eq(ssoSetupProgress.connectionId, connectionId))
  return row ?? null
}

/** The last one who says how far they are is right. */
export async function saveSetupProgress(db: Db, { connectionId, ...progress }: SetupProgressRow): Promise<void> {
  await db
    .insert(ssoSetupProgress)
    .values({ connectionId, ...progress })
    .onConflictDoUpdate({ target: ssoSetupProgress.connectionId, set: progress })
}
