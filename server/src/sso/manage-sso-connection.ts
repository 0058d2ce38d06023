import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { conflict, notFound } from '../core/errors.ts'
import { endSessionsOfConnection } from '../session/session.store.ts'
import { type SsoConnectionView, viewConnection } from './connection-view.ts'
import { keepLastConnection } from './enforcement/guard-connection.ts'
import { deletePendingLinksOfConnection } from './login/sign-in-state.store.ts'
import { missingSettings } from './missing-settings.ts'
import { deleteSetupLinkOf } from './setup-link/setup-link.store.ts'
import {
  deleteConnection,
  findConnection,
  listConnections,
  lockConnection,
  type SsoConnectionRow,
  updateConnection,
} from './sso-connection.store.ts'

/** The organization's connections, oldest first. @throws NOT_FOUND, FORBIDDEN */
export async function listSsoConnections(ctx: RequestContext, organizationId: string): Promise<SsoConnectionView[]> {
  await authorize(ctx, 'sso:read', organizationId)
  const rows = await listConnections(ctx.db, organizationId)
  return rows.map((row) => viewConnection(ctx, row))
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getSsoConnection(ctx: RequestContext, id: string): Promise<SsoConnectionView> {
  const found = await findConnection(ctx.db, id)
  const { row } = await authorizeOwned(ctx, 'sso:read', 'SSO connection', found)
  return viewConnection(ctx, row)
}

async function manageable(ctx: RequestContext, connectionId: string): Promise<SsoConnectionRow> {
  const found = await findConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  return row
}

/**
 * Lets members sign in through the connection, or no longer: disabling ends the sessions made through it
 * at once, and enabling the link that sets it up.
 * @throws CONFLICT CONNECTION_INCOMPLETE or SSO_ENFORCED, NOT_FOUND, FORBIDDEN
 */
export async function setSsoConnectionEnabled(
  ctx: RequestContext,
  connectionId: string,
  enabled: boolean,
): Promise<SsoConnectionView> {
  const { organizationId } = await manageable(ctx, connectionId)
  const saved = await ctx.db.transaction(async (tx) => {
    if (!enabled) await keepLastConnection(ctx, tx, { organizationId, connectionId })
    const before = await lockConnection(tx, organizationId, connectionId)
    if (before === null) throw notFound('SSO connection')
    if (before.enabled === enabled) return before
    const missing = missingSettings(before)
    if (enabled && missing.length > 0) {
      throw conflict('CONNECTION_INCOMPLETE', `Fill in ${missing.join(' and ')} first, then enable the connection.`)
    }
    const next = { ...before, enabled, revision: before.revision + 1, updatedAt: ctx.clock.now() }
    await updateConnection(tx, next)
    // From now on it decides who comes in: nobody sets it up from outside any more.
    if (enabled) await deleteSetupLinkOf(tx, connectionId)
    if (!enabled) {
      await endSessionsOfConnection(tx, connectionId)
      await deletePendingLinksOfConnection(tx, connectionId)
    }
    const type = enabled ? 'ssoConnection.enabled' : 'ssoConnection.disabled'
    await recordAuditEvent(ctx, tx, organizationId, { type, details: { connectionId, name: next.name } })
    return next
  })
  return viewConnection(ctx, saved)
}

/**
 * Deletes the connection with its identities, attempts and the sessions made through it; members stay members.
 * @returns its id. @throws CONFLICT SSO_ENFORCED, NOT_FOUND, FORBIDDEN
 */
export async function deleteSsoConnection(ctx: RequestContext, connectionId: string): Promise<string> {
  const { organizationId, name } = await manageable(ctx, connectionId)
  await ctx.db.transaction(async (tx) => {
    await keepLastConnection(ctx, tx, { organizationId, connectionId })
    await deleteConnection(tx, organizationId, connectionId)
    await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoConnection.deleted', details: { connectionId, name } })
  })
  return connectionId
}
