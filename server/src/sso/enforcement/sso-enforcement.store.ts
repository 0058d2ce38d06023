import { and, eq, exists, isNotNull, isNull, lte, ne, notExists, sql } from 'drizzle-orm'
import { type EnforcementRow, inForce } from '../../access/enforcement.store.ts'
import { isActiveOwner } from '../../access/role.store.ts'
import type { Db, Tx } from '../../db/client.ts'
import { memberships } from '../../db/schema/memberships.ts'
import { sessions } from '../../db/schema/sessions.ts'
import { ssoConnections } from '../../db/schema/sso-connections.ts'
import { ssoEnforcements } from '../../db/schema/sso-enforcement.ts'

/** Begins a trial, in place of what there was. */
export async function startEnforcement(tx: Tx, row: EnforcementRow): Promise<void> {
  const { organizationId: _, ...changed } = row
  await tx
    .insert(ssoEnforcements)
    .values(row)
    .onConflictDoUpdate({ target: ssoEnforcements.organizationId, set: changed })
}

/** Begins another trial of what is in force. @returns false when nothing is */
export async function restartEnforcement(
  tx: Tx,
  organizationId: string,
  trial: Pick<EnforcementRow, 'enforcedAt' | 'trialEndsAt' | 'enforcedByCredentialId'>,
): Promise<boolean> {
  const rows = await tx
    .update(ssoEnforcements)
    .set({ ...trial, confirmedAt: null })
    .where(and(eq(ssoEnforcements.organizationId, organizationId), inForce(trial.enforcedAt)))
    .returning({ organizationId: ssoEnforcements.organizationId })
  return rows.length > 0
}

/** Confirms the organization's running trial, for an active owner. @returns false when there was nothing to confirm */
export async function confirmTrial(tx: Tx, organizationId: string, userId: string, now: Date): Promise<boolean> {
  const owns = tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId), isActiveOwner(now)))
  const rows = await tx
    .update(ssoEnforcements)
    .set({ confirmedAt: now })
    .where(
      and(
        eq(ssoEnforcements.organizationId, organizationId),
        isNull(ssoEnforcements.confirmedAt),
        lte(ssoEnforcements.enforcedAt, now),
        inForce(now),
        exists(owns),
      ),
    )
    .returning({ organizationId: ssoEnforcements.organizationId })
  return rows.length > 0
}

/** @returns false when there was none */
export async function deleteEnforcement(tx: Tx, organizationId: string): Promise<boolean> {
  const rows = await tx
    .delete(ssoEnforcements)
    .where(eq(ssoEnforcements.organizationId, organizationId))
    .returning({ organizationId: ssoEnforcements.organizationId })
  return rows.length > 0
}

/** Deletes a trial that ended without being confirmed. @returns when it ended; null when there is none, or not any more */
export async function takeExpiredTrial(tx: Tx, organizationId: string, now: Date): Promise<Date | null> {
  const [row] = await tx
    .delete(ssoEnforcements)
    .where(
      and(
        eq(ssoEnforcements.organizationId, organizationId),
        isNull(ssoEnforcements.confirmedAt),
        lte(ssoEnforcements.trialEndsAt, now),
      ),
    )
    .returning({ trialEndsAt: ssoEnforcements.trialEndsAt })
  return row?.trialEndsAt ?? null
}

/** Of every organization: for what happens by itself. */
export async function listExpiredTrials(db: Db | Tx, now: Date): Promise<string[]> {
  const rows = await db
    .select({ organizationId: ssoEnforcements.organizationId })
    .from(ssoEnforcements)
    .where(and(isNull(ssoEnforcements.confirmedAt), lte(ssoEnforcements.trialEndsAt, now)))
    .limit(200)
  return rows.map(({ organizationId }) => organizationId)
}

/** Ids of the connections that let members in and have shown that they do. */
export async function listProvenConnectionIds(tx: Tx, organizationId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: ssoConnections.id })
    .from(ssoConnections)
    .where(
      and(
        eq(ssoConnections.organizationId, organizationId),
        eq(ssoConnections.enabled, true),
        isNotNull(ssoConnections.verifiedAt),
      ),
    )
  return rows.map(({ id }) => id)
}

/**
 * Ends the sessions by password of members whom no other organization lets in: they could enter nothing any more.
 * @returns how many
 */
export async function endPasswordSessions(tx: Tx, organizationId: string, exceptSessionId: string): Promise<number> {
  const member = tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(and(eq(memberships.userId, sessions.userId), eq(memberships.organizationId, organizationId)))
  const elsewhere = tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, sessions.userId),
        ne(memberships.organizationId, organizationId),
        isNull(memberships.suspendedAt),
      ),
    )
  const rows = await tx
    .delete(sessions)
    .where(
      and(
        isNull(sessions.connectionId),
        isNull(sessions.recoveryOrganizationId),
        ne(sessions.id, exceptSessionId),
        exists(member),
        notExists(elsewhere),
      ),
    )
    .returning({ id: sessions.id })
  return rows.length
}
