import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import { hours, plus } from '../../core/clock.ts'
import type { Db, Tx } from '../../db/client.ts'
import { samlAuthnRequests, samlConsumedAssertions, ssoCompletions } from '../../db/schema/saml-sign-in.ts'
import { ssoPendingLinks } from '../../db/schema/sso-identities.ts'

export type AuthnRequestRow = typeof samlAuthnRequests.$inferSelect

export async function insertAuthnRequest(db: Db | Tx, row: typeof samlAuthnRequests.$inferInsert): Promise<void> {
  await db.insert(samlAuthnRequests).values(row)
}

export async function findAuthnRequest(db: Db | Tx, connectionId: string, id: string): Promise<AuthnRequestRow | null> {
  const [row] = await db
    .select()
    .from(samlAuthnRequests)
    .where(and(eq(samlAuthnRequests.id, id), eq(samlAuthnRequests.connectionId, connectionId)))
  return row ?? null
}

/** Spends the request, at most once and only while it is open. @returns false when it was not to be had. */
export async function consumeAuthnRequest(tx: Tx, connectionId: string, id: string, now: Date): Promise<boolean> {
  const rows = await tx
    .update(samlAuthnRequests)
    .set({ consumedAt: now })
    .where(
      and(
        eq(samlAuthnRequests.id, id),
        eq(samlAuthnRequests.connectionId, connectionId),
        isNull(samlAuthnRequests.consumedAt),
        gt(samlAuthnRequests.expiresAt, now),
      ),
    )
    .returning({ id: samlAuthnRequests.id })
  return rows.length > 0
}

/** Spends the one decryption that an open request is good for. @returns false when it was not to be had. */
export async function tryDecryption(db: Db | Tx, connectionId: string, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(samlAuthnRequests)
    .set({ decryptionTriedAt: now })
    .where(
      and(
        eq(samlAuthnRequests.id, id),
        eq(samlAuthnRequests.connectionId, connectionId),
        isNull(samlAuthnRequests.consumedAt),
        isNull(samlAuthnRequests.decryptionTriedAt),
        gt(samlAuthnRequests.expiresAt, now),
      ),
    )
    .returning({ id: samlAuthnRequests.id })
  return rows.length > 0
}

/** Spends the assertion, at most once (Profiles 4.1.4.5). @returns false when it was spent before. */
export async function consumeAssertion(
  tx: Tx,
  row: { connectionId: string; assertionHash: string; expiresAt: Date },
): Promise<boolean> {
  const rows = await tx
    .insert(samlConsumedAssertions)
    .values(row)
    .onConflictDoNothing()
    .returning({ hash: samlConsumedAssertions.assertionHash })
  return rows.length > 0
}

/** True when consumeAssertion() took this hash before. */
export async function hasConsumed(tx: Tx, connectionId: string, assertionHash: string): Promise<boolean> {
  const rows = await tx
    .select({ hash: samlConsumedAssertions.assertionHash })
    .from(samlConsumedAssertions)
    .where(
      and(
        eq(samlConsumedAssertions.connectionId, connectionId),
        eq(samlConsumedAssertions.assertionHash, assertionHash),
      ),
    )
  return rows.length > 0
}

/** Sign-ins under this NameID that are verified but not finished: whoever is logged out meanwhile starts again. */
export async function deleteUnfinishedSignIns(tx: Tx, connectionId: string, nameId: string): Promise<void> {
  await tx
    .delete(ssoCompletions)
    .where(
      and(
        eq(ssoCompletions.connectionId, connectionId),
        sql`${ssoCompletions.verified} -> 'samlSubject' -> 'nameId' ->> 'value' = ${nameId}`,
      ),
    )
  await tx
    .delete(ssoPendingLinks)
    .where(
      and(
        eq(ssoPendingLinks.connectionId, connectionId),
        sql`${ssoPendingLinks.samlSubject} -> 'nameId' ->> 'value' = ${nameId}`,
      ),
    )
}

export type CompletionRow = typeof ssoCompletions.$inferSelect

export async function insertCompletion(db: Db | Tx, row: CompletionRow): Promise<void> {
  await db.insert(ssoCompletions).values(row)
}

/** Looks at a completion and leaves it. */
export async function findCompletion(db: Db | Tx, tokenHash: string): Promise<CompletionRow | null> {
  const [row] = await db.select().from(ssoCompletions).where(eq(ssoCompletions.tokenHash, tokenHash))
  return row ?? null
}

/** Takes the completion: whoever asks second finds nothing. */
export async function takeCompletion(db: Db | Tx, tokenHash: string): Promise<CompletionRow | null> {
  const [row] = await db.delete(ssoCompletions).where(eq(ssoCompletions.tokenHash, tokenHash)).returning()
  return row ?? null
}

export type PendingLinkRow = typeof ssoPendingLinks.$inferSelect

export async function insertPendingLink(tx: Tx, row: PendingLinkRow): Promise<void> {
  await tx.insert(ssoPendingLinks).values(row)
}

export async function findPendingLink(db: Db | Tx, tokenHash: string, now: Date): Promise<PendingLinkRow | null> {
  const [row] = await db
    .select()
    .from(ssoPendingLinks)
    .where(and(eq(ssoPendingLinks.tokenHash, tokenHash), gt(ssoPendingLinks.expiresAt, now)))
  return row ?? null
}

/** @returns false when another request took it first. */
export async function takePendingLink(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.delete(ssoPendingLinks).where(eq(ssoPendingLinks.id, id)).returning({ id: ssoPendingLinks.id })
  return rows.length > 0
}

/** Whoever was asked for a proof starts again: what they signed in by counts no more. */
export async function deletePendingLinksOfConnection(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(ssoPendingLinks).where(eq(ssoPendingLinks.connectionId, connectionId))
}

/**
 * How much longer than it counts an assertion is known to be spent: it may have been verified in its last second and be
 * completed a minute later, on a replica whose clock is behind the one that deletes.
 */
const margin = hours(1)

/** Everything here that has expired decides nothing any more: an assertion past its end is refused as expired. */
export async function deleteExpiredSignInState(db: Db, now: Date): Promise<void> {
  await db.delete(samlAuthnRequests).where(lte(samlAuthnRequests.expiresAt, now))
  await db.delete(samlConsumedAssertions).where(lte(samlConsumedAssertions.expiresAt, plus(now, -margin)))
  await db.delete(ssoCompletions).where(lte(ssoCompletions.expiresAt, now))
  await db.delete(ssoPendingLinks).where(lte(ssoPendingLinks.expiresAt, now))
}

/** Two first sign-ins of one person at the same moment take turns, until the transaction ends. */
export async function lockSubject(tx: Tx, connectionId: string, subject: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${connectionId} ${subject}`}, 0))`)
}
