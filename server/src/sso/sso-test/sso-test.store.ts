import { and, eq, gt, lte } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { ssoTests } from '../../db/schema/saml-sign-in.ts'
import { ssoConnections } from '../../db/schema/sso-connections.ts'

export type SsoTestRow = typeof ssoTests.$inferSelect

export async function insertSsoTest(tx: Tx, row: SsoTestRow): Promise<void> {
  await tx.insert(ssoTests).values(row)
}

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findSsoTest(db: Db | Tx, id: string): Promise<(SsoTestRow & { organizationId: string }) | null> {
  const [row] = await db
    .select({ test: ssoTests, organizationId: ssoConnections.organizationId })
    .from(ssoTests)
    .innerJoin(ssoConnections, eq(ssoConnections.id, ssoTests.connectionId))
    .where(eq(ssoTests.id, id))
  return row === undefined ? null : { ...row.test, organizationId: row.organizationId }
}

/** The connection's test that this secret starts, unless it has expired. */
export async function findOpenSsoTest(
  db: Db | Tx,
  connectionId: string,
  secretHash: string,
  now: Date,
): Promise<SsoTestRow | null> {
  const [row] = await db
    .select()
    .from(ssoTests)
    .where(
      and(eq(ssoTests.secretHash, secretHash), eq(ssoTests.connectionId, connectionId), gt(ssoTests.expiresAt, now)),
    )
  return row ?? null
}

/** After the test itself taught the connection something: it goes on with the settings of now. */
export async function setSsoTestRevision(tx: Tx, id: string, revision: number): Promise<void> {
  await tx.update(ssoTests).set({ revision }).where(eq(ssoTests.id, id))
}

export async function deleteOldSsoTests(db: Db, expiredBefore: Date): Promise<void> {
  await db.delete(ssoTests).where(lte(ssoTests.expiresAt, expiredBefore))
}
