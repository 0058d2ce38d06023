import type { Tx } from '../../db/client.ts'
import { certificateWarnings } from '../../db/schema/sso-connections.ts'

/** Notes that a warning is given. @returns false when it was given before, by this replica or another. */
export async function insertCertificateWarning(tx: Tx, row: typeof certificateWarnings.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(certificateWarnings)
    .values(row)
    .onConflictDoNothing()
    .returning({ at: certificateWarnings.at })
  return rows.length > 0
}
