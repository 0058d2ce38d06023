import { authorize, authorizeOwned, requireActor } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { days, plus } from '../../core/clock.ts'
import { conflict, notFound } from '../../core/errors.ts'
import { createId } from '../../core/ids.ts'
import { randomSecret, sha256 } from '../../core/secrets.ts'
import { type SsoConnectionView, viewConnection } from '../connection-view.ts'
import { setSsoConnectionEnabled } from '../manage-sso-connection.ts'
import { findConnection, findSamlConnection, lockConnection } from '../sso-connection.store.ts'
import { countIdentities } from '../sso-identity.store.ts'
import { deleteSetupLinkOf, findSetupLinkOf, replaceSetupLink, type SetupLinkRow } from './setup-link.store.ts'

const lifetime = days(7)

/** Good for nothing once the connection is enabled, which takes it away, or its time is over. */
export const isOpen = ({ connectionEnabled, expiresAt }: SetupLinkRow, now: Date): boolean =>
  !connectionEnabled && expiresAt > now

/** The connection's link, while it is good for something; null when there is none. @throws NOT_FOUND, FORBIDDEN */
export async function getSetupLink(
  ctx: RequestContext,
  connection: { id: string; organizationId: string },
): Promise<SetupLinkRow | null> {
  await authorize(ctx, 'sso:read', connection.organizationId)
  const row = await findSetupLinkOf(ctx.db, connection.id)
  return row !== null && isOpen(row, ctx.clock.now()) ? row : null
}

/**
 * Makes the link that lets the identity provider's administrator set up this connection without an account, for seven
 * days, in the place of one that there is. Whoever decides which identity provider is believed decides who comes in: so the
 * connection is disabled until somebody enables it here, and one that people use cannot be handed over.
 * @returns the link, which is in this answer alone: only a hash is kept
 * @throws CONFLICT CONNECTION_IN_USE, NOT_FOUND also for a connection that is not SAML, FORBIDDEN
 */
export async function createSetupLink(
  ctx: RequestContext,
  connectionId: string,
): Promise<{ connection: SsoConnectionView; url: string }> {
  const actor = requireActor(ctx)
  const found = await findSamlConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  const { organizationId } = row
  const people = (await countIdentities(ctx.db, [connectionId])).get(connectionId) ?? 0
  if (people > 0) {
    const message = 'People sign in through this connection. Make another one for the administrator to set up.'
    throw conflict('CONNECTION_IN_USE', message)
  }
  if (row.enabled) await setSsoConnectionEnabled(ctx, connectionId, false)
  const now = ctx.clock.now()
  const secret = randomSecret()
  const saved = await ctx.db.transaction(async (tx) => {
    const connection = await lockConnection(tx, organizationId, connectionId)
    if (connection === null) throw notFound('SSO connection')
    await replaceSetupLink(tx, {
      id: createId('stp', now),
      connectionId,
      secretHash: sha256(secret),
      createdByUserId: actor.kind === 'user' ? actor.userId : actor.createdByUserId,
      createdAt: now,
      expiresAt: plus(now, lifetime),
    })
    const details = { connectionId, name: connection.name }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'setupLink.created', details })
    return connection
  })
  return { connection: viewConnection(ctx, saved), url: `${ctx.publicUrl}/set-up?token=${secret}` }
}

/** The link is good for nothing from now on; without one, nothing happens. @throws NOT_FOUND, FORBIDDEN */
export async function revokeSetupLink(ctx: RequestContext, connectionId: string): Promise<SsoConnectionView> {
  const found = await findConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  await ctx.db.transaction(async (tx) => {
    if (!(await deleteSetupLinkOf(tx, connectionId))) return
    const details = { connectionId, name: row.name }
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'setupLink.revoked', details })
  })
  return viewConnection(ctx, row)
}
