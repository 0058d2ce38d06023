import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { samlConnections, samlMetadataRefreshes } from '../../db/schema/sso-connections.ts'

export type MetadataRefreshRow = typeof samlMetadataRefreshes.$inferSelect

export async function findMetadataRefresh(db: Db | Tx, connectionId: string): Promise<MetadataRefreshRow | null> {
  const [row] = await db
    .select()
    .from(samlMetadataRefreshes)
    .where(eq(samlMetadataRefreshes.connectionId, connectionId))
  return row ?? null
}

/** The same, locked until the transaction ends. */
export async function lockMetadataRefresh(tx: Tx, connectionId: string): Promise<MetadataRefreshRow | null> {
  const [row] = await tx
    .select()
    .from(samlMetadataRefreshes)
    .where(eq(samlMetadataRefreshes.connectionId, connectionId))
    .for('update')
  return row ?? null
}

/** Each of these connections that has one, with what it trusts now. */
export async function findMetadataRefreshes(
  db: Db | Tx,
  connectionIds: string[],
): Promise<
  Map<string, { refresh: MetadataRefreshRow; trusted: { idpCertificates: string[]; idpSsoUrl: string | null } }>
> {
  const { idpCertificates, idpSsoUrl } = samlConnections
  const rows = await db
    .select({ refresh: samlMetadataRefreshes, trusted: { idpCertificates, idpSsoUrl } })
    .from(samlMetadataRefreshes)
    .innerJoin(samlConnections, eq(samlConnections.connectionId, samlMetadataRefreshes.connectionId))
    .where(inArray(samlMetadataRefreshes.connectionId, connectionIds))
  return new Map(rows.map((row) => [row.refresh.connectionId, row]))
}

/** Begins anew: nothing is known of metadata at another address. */
export async function replaceMetadataRefresh(tx: Tx, connectionId: string, dueAt: Date): Promise<void> {
  await deleteMetadataRefresh(tx, connectionId)
  await tx.insert(samlMetadataRefreshes).values({ connectionId, dueAt })
}

export async function deleteMetadataRefresh(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(samlMetadataRefreshes).where(eq(samlMetadataRefreshes.connectionId, connectionId))
}

export async function updateMetadataRefresh(tx: Tx, { connectionId, ...row }: MetadataRefreshRow): Promise<void> {
  await tx.update(samlMetadataRefreshes).set(row).where(eq(samlMetadataRefreshes.connectionId, connectionId))
}

/** Connections that an older version saved, which read metadata once and never again: theirs is due from now on too. */
export async function scheduleForgotten(db: Db, now: Date): Promise<void> {
  await db.execute(sql`
    insert into ${samlMetadataRefreshes} (connection_id, due_at)
    select ${samlConnections.connectionId}, ${now.toISOString()}::timestamptz from ${samlConnections}
    where ${samlConnections.idpMetadataUrl} is not null and not exists (
      select 1 from ${samlMetadataRefreshes}
      where ${samlMetadataRefreshes.connectionId} = ${samlConnections.connectionId})
    on conflict do nothing`)
}

/**
 * Takes one that is due, by putting it off until `leaseEnd`: no other replica takes it meanwhile, and should this one
 * die, somebody does afterwards. @returns the connection's id; null when nothing is due.
 */
export async function claimDueRefresh(db: Db, now: Date, leaseEnd: Date): Promise<string | null> {
  const due = db
    .select({ connectionId: samlMetadataRefreshes.connectionId })
    .from(samlMetadataRefreshes)
    .where(lte(samlMetadataRefreshes.dueAt, now))
    .orderBy(asc(samlMetadataRefreshes.dueAt))
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db
    .update(samlMetadataRefreshes)
    .set({ dueAt: leaseEnd })
    .where(eq(samlMetadataRefreshes.connectionId, due))
    .returning({ connectionId: samlMetadataRefreshes.connectionId })
  return row?.connectionId ?? null
}

/** Makes a check due now, unless one was made after `lastCheckedBefore` or did not succeed and waits for its next try. */
export async function hastenMetadataRefresh(
  db: Db | Tx,
  connectionId: string,
  now: Date,
  lastCheckedBefore: Date,
): Promise<void> {
  await db
    .update(samlMetadataRefreshes)
    .set({ dueAt: now })
    .where(
      and(
        eq(samlMetadataRefreshes.connectionId, connectionId),
        gt(samlMetadataRefreshes.dueAt, now),
        isNull(samlMetadataRefreshes.problem),
        or(isNull(samlMetadataRefreshes.checkedAt), lte(samlMetadataRefreshes.checkedAt, lastCheckedBefore)),
      ),
    )
}
