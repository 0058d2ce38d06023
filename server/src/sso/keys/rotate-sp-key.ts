import { authorizeOwned } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { conflict, notFound } from '../../core/errors.ts'
import { type SamlConnectionView, viewSamlConnection } from '../saml-connection-view.ts'
import { findSamlConnection, lockSamlConnection } from '../sso-connection.store.ts'
import { addSpKey, countNewKey, describeKey } from './ensure-sp-key.ts'
import { findSpKey, listSpKeys, deleteSpKey as removeSpKey, retireSpKey, type SpKeyUse } from './sp-key.store.ts'
import { currentKey, keysFor, mostKeys, signsMessages, stateOf } from './sp-key-rules.ts'

/**
 * Makes a new key, so that it can take over. One that encrypts is published at once in place of the former, which goes on
 * decrypting until it is deleted. One that signs is published beside the former, which goes on signing until it is
 * deleted: the identity provider has to trust the new one first. Without a former key, it is the current one at once.
 * @throws CONFLICT TOO_MANY_KEYS, RATE_LIMITED, NOT_FOUND, FORBIDDEN
 */
export async function rotateSpKey(
  ctx: RequestContext,
  connectionId: string,
  use: SpKeyUse,
): Promise<SamlConnectionView> {
  const found = await findSamlConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  await countNewKey(ctx)
  await ctx.db.transaction(async (tx) => {
    const connection = await lockSamlConnection(tx, row.organizationId, connectionId)
    if (connection === null) throw notFound('SSO connection')
    const rows = await listSpKeys(tx, connectionId)
    if (keysFor(rows, use).length >= mostKeys) {
      throw conflict(
        'TOO_MANY_KEYS',
        'One certificate is taking over from another already. Finish that first: delete the one that is no longer needed.',
      )
    }
    const former = currentKey(rows, use)
    if (use === 'encryption' && former !== null) await retireSpKey(tx, connectionId, former.id, ctx.clock.now())
    await addSpKey(ctx, tx, connection, use)
  })
  return viewSamlConnection(ctx, row)
}

/**
 * Deletes a key for good. Of two that sign, the other one signs from now on.
 * @throws CONFLICT KEY_IN_USE, NOT_FOUND, FORBIDDEN
 */
export async function deleteSpKey(ctx: RequestContext, keyId: string): Promise<SamlConnectionView> {
  const key = await findSpKey(ctx.db, keyId)
  const found = key && (await findSamlConnection(ctx.db, key.connectionId))
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'certificate', found)
  await ctx.db.transaction(async (tx) => {
    const connection = await lockSamlConnection(tx, row.organizationId, row.id)
    const rows = await listSpKeys(tx, row.id)
    const locked = rows.find(({ id }) => id === keyId)
    if (connection === null || locked === undefined) throw notFound('certificate')
    const needed = locked.use === 'encryption' || signsMessages(connection)
    const replaced = locked.use === 'signing' && keysFor(rows, 'signing').length > 1
    if (needed && stateOf(rows, locked) === 'CURRENT' && !replaced) {
      throw conflict(
        'KEY_IN_USE',
        'This certificate is in use. Make a new one first, give it to the identity provider, and then delete this one.',
      )
    }
    await removeSpKey(tx, row.id, keyId)
    const details = describeKey(connection, locked)
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'spKey.deleted', details })
  })
  return viewSamlConnection(ctx, row)
}
