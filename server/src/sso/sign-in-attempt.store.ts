import { and, count, desc, eq, inArray, isNotNull, or } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { idPrefix } from '../core/ids.ts'
import type { Page } from '../core/pagination.ts'
import type { Db, Tx } from '../db/client.ts'
import { keyset } from '../db/keyset.ts'
import { signInAttempts } from '../db/schema/sign-in-attempts.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'
import { forRecord } from './protocol/asserted.ts'

export type SignInAttemptRow = typeof signInAttempts.$inferSelect

/** Of what was asserted it keeps what forRecord() leaves. */
export async function insertSignInAttempt(tx: Tx, row: SignInAttemptRow): Promise<void> {
  const attributes = row.attributes && forRecord(row.attributes)
  await tx.insert(signInAttempts).values({ ...row, attributes })
}

/** One page of the attempts of each of these connections, newest first; see keyset(). */
export async function pageSignInAttempts(
  db: Db | Tx,
  connectionIds: string[],
  page: Page,
): Promise<Map<string, SignInAttemptRow[]>> {
  const { where, orderBy, limit } = keyset(signInAttempts.id, page)
  const pages = new Map(connectionIds.map((id): [string, SignInAttemptRow[]] => [id, []]))
  const pageOf = (connectionId: string) =>
    db
      .select()
      .from(signInAttempts)
      .where(and(eq(signInAttempts.connectionId, connectionId), where))
      .orderBy(orderBy)
      .limit(limit)
  const [first, second, ...others] = connectionIds.map(pageOf)
  if (first === undefined) return pages
  const rows = await (second === undefined ? first : unionAll(first, second, ...others))
  for (const row of rows) pages.get(row.connectionId)?.push(row)
  return pages
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

/**
 * What the identity provider said last of somebody through this connection: of the account, or of the address while
 * there is none. Null: nothing yet. Among the latest thousand attempts, as many as anybody waits for.
 */
export async function findLatestAttributes(
  db: Db | Tx,
  connectionId: string,
  { userId, email }: { userId: string | null; email: string },
): Promise<SignInAttemptRow['attributes']> {
  const latest = db
    .select()
    .from(signInAttempts)
    .where(eq(signInAttempts.connectionId, connectionId))
    .orderBy(desc(signInAttempts.id))
    .limit(1000)
    .as('latest')
  const theirs = userId === null ? eq(latest.email, email) : or(eq(latest.userId, userId), eq(latest.email, email))
  const [row] = await db
    .select({ attributes: latest.attributes })
    .from(latest)
    .where(and(theirs, isNotNull(latest.attributes)))
    .orderBy(desc(latest.id))
    .limit(1)
  return row?.attributes ?? null
}

/** How many attempts each of these connections has; those without one are left out. */
export async function countSignInAttempts(db: Db | Tx, connectionIds: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ connectionId: signInAttempts.connectionId, count: count() })
    .from(signInAttempts)
    .where(inArray(signInAttempts.connectionId, connectionIds))
    .groupBy(signInAttempts.connectionId)
  return new Map(rows.map((row) => [row.connectionId, row.count]))
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
