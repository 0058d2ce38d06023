import { X509Certificate } from 'node:crypto'
import { describeActor } from '../../access/actor.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { lockSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { makeSpKey } from './make-sp-key.ts'
import { insertSpKey, listSpKeys, type SpKeyRow, type SpKeyUse } from './sp-key.store.ts'
import { currentKey } from './sp-key-rules.ts'

type Connection = Pick<SamlConnectionRow, 'id' | 'organizationId' | 'name'>

/** What the audit log says of a key. */
export const describeKey = ({ id, name }: Connection, { use, certificate }: SpKeyRow) => ({
  connectionId: id,
  name,
  use,
  fingerprintSha256: new X509Certificate(certificate).fingerprint256,
})

/** Makes a key and records it. The connection is locked. */
export async function addSpKey(ctx: RequestContext, tx: Tx, connection: Connection, use: SpKeyUse): Promise<SpKeyRow> {
  const row = await makeSpKey(ctx, connection.id, use)
  await insertSpKey(tx, row)
  const details = describeKey(connection, row)
  await recordAuditEvent(ctx, tx, connection.organizationId, { type: 'spKey.created', details })
  return row
}

/**
 * An RSA key costs a processor's tenth of a second: whoever is known makes so many, before the transaction that makes
 * one. What anybody asks for, such as metadata, makes one once for each connection. @throws RATE_LIMITED
 */
export async function countNewKey(ctx: RequestContext): Promise<void> {
  const { actorId } = describeActor(ctx.actor)
  if (actorId !== null) await ctx.limits.consume('spKeyByActor', actorId)
}

/** Our keys for the connection, with one of this use among them: made now, once, when it is needed for the first time. */
export async function ensureSpKey(ctx: RequestContext, connection: Connection, use: SpKeyUse): Promise<SpKeyRow[]> {
  const known = await listSpKeys(ctx.db, connection.id)
  if (currentKey(known, use) !== null) return known
  await countNewKey(ctx)
  return ctx.db.transaction(async (tx) => {
    // Those who ask at the same moment wait, and find what the first one made.
    const locked = await lockSamlConnection(tx, connection.organizationId, connection.id)
    const rows = await listSpKeys(tx, connection.id)
    if (locked === null || currentKey(rows, use) !== null) return rows
    return [...rows, await addSpKey(ctx, tx, connection, use)]
  })
}
