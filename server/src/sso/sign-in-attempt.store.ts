import { and, count, desc, eq } from 'drizzle-orm'
import { idPrefix } from '../core/ids.ts'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { keyset } from '../db/keyset.ts'
import { signInAttempts } from '../db/schema/sign-in-attempts.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'

export type SignInAttemptRow = typeof signInAttempts.$inferSelect

export async function insertSignInAttempt(tx: Tx, row: SignInAttemptRow): Promise<void> {
  await tx.insert(signInAttempts).values(row)
}

/** One page of a connection's attempts, newest first; see keyset(). */
export function pageSignInAttempts(db: Db | Tx, connectionId: string, page: Page): Promise<SignInAttemptRow[]> {
  const { where, orderBy, limit } = keyset(signInAttempts.id, page)
  return db
    .select()
    .from(signInAttempts)
    .where(and(eq(signInAttempts.connectionId, connectionId), where))
    .orderBy(orderBy)
    .limit(limit)
}

/** The attempts of a test, newest first; no more than anybody looks at. */
export function listAttemptsOfTest(db: Db | Tx, connectionId: string, testId: string): Promise<SignInAttemptRow[]> {
  return db
    .select()
    .from(signInAttempts)
    .where(and(eq(signInAttempts.connectionId, connectionId), eq(signInAttempts.testId, testId)))
    .orderBy(desc(signInAttempts.id))
    .limit(20)
}

export async function countSignInAttempts(db: Db | Tx, connectionId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(signInAttempts)
    .where(eq(signInAttempts.connectionId, connectionId))
  return row?.count ?? 0
}

/** By its own id alone: the caller authorizes for the organization it names. */
export async function findSignInAttempt(
  db: Db | Tx,
  id: string,
): Promise<(SignInAttemptRow & { organizationId: string }) | null> {
  // As in findSamlConnection().
  if (idPrefix(id) !== 'att') return null
  const [row] = await db
    .select({ attempt: signInAttempts, organizationId: ssoConnections.organizationId })
    .from(signInAttempts)
    .innerJoin(ssoConnections, eq(ssoConnections.id, signInAttempts.connectionId))
    .where(eq(signInAttempts.id, id))
  return row === undefined ? null : { ...row.attempt, organizationId: row.organizationId }
}
