import { describeActor } from '../../access/actor.ts'
import { authorizeOwned } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { badUserInput, notFound } from '../../core/errors.ts'
import { type SamlConnectionView, viewSamlConnection } from '../saml-connection-view.ts'
import { findSamlConnection } from '../sso-connection.store.ts'
import { checkMetadata } from './check-metadata.ts'

/**
 * Reads the connection's metadata again now. What became of it, a problem too, is in the connection's metadataRefresh.
 * @throws BAD_USER_INPUT, RATE_LIMITED, NOT_FOUND, FORBIDDEN
 */
export async function refreshIdpMetadata(ctx: RequestContext, connectionId: string): Promise<SamlConnectionView> {
  const found = await findSamlConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  if (row.idpMetadataUrl === null) {
    const message = 'This connection has no metadata URL. Edit the connection and enter one.'
    throw badUserInput([{ path: 'input.connectionId', reason: 'NO_METADATA_URL', message }])
  }
  await ctx.limits.consume('metadataFetchByActor', describeActor(ctx.actor).actorId ?? 'nobody')
  await checkMetadata(ctx, connectionId, describeActor(ctx.actor))
  const after = await findSamlConnection(ctx.db, connectionId)
  if (after === null) throw notFound('SSO connection')
  return viewSamlConnection(ctx, after)
}
