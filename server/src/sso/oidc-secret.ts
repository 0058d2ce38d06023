import type { RequestContext } from '../access/request-context.ts'
import { open, type Place, seal } from '../core/sealed-box.ts'
import type { OidcConnectionRow } from './sso-connection.store.ts'

/** Where a client secret is sealed. */
export const clientSecretPlace = (connectionId: string): Place => ({
  table: 'oidc_connections',
  column: 'sealed_client_secret',
  rowId: connectionId,
})

export const sealClientSecret = (ctx: Pick<RequestContext, 'keyRing'>, connectionId: string, secret: string): string =>
  seal(ctx.keyRing, secret, clientSecretPlace(connectionId))

/** @throws SealProblem when ENCRYPTION_KEY is not the one it was sealed with */
export const openClientSecret = (ctx: Pick<RequestContext, 'keyRing'>, row: OidcConnectionRow): string =>
  open(ctx.keyRing, row.sealedClientSecret, clientSecretPlace(row.id))
