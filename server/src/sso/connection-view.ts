import type { RequestContext } from '../access/request-context.ts'
import { type OidcConnectionView, viewOidcConnection } from './oidc-connection-view.ts'
import { type SamlConnectionView, viewSamlConnection } from './saml-connection-view.ts'
import type { SsoConnectionRow } from './sso-connection.store.ts'

/** A connection of any protocol as the API shows it. */
export type SsoConnectionView = SamlConnectionView | OidcConnectionView

export const viewConnection = (ctx: RequestContext, row: SsoConnectionRow): SsoConnectionView =>
  row.protocol === 'SAML' ? viewSamlConnection(ctx, row) : viewOidcConnection(ctx, row)
