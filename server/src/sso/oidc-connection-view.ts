import type { RequestContext } from '../access/request-context.ts'
import { relyingPartyUrls } from './oidc/relying-party.ts'
import type { OidcConnectionRow } from './sso-connection.store.ts'

/** A connection as the API shows it: the row without its secret, and the addresses that follow from it. */
export type OidcConnectionView = Omit<OidcConnectionRow, 'sealedClientSecret'> & {
  complete: boolean
  loginUrl: string
  redirectUrl: string
}

export function viewOidcConnection(ctx: RequestContext, row: OidcConnectionRow): OidcConnectionView {
  const { sealedClientSecret: _, ...shown } = row
  const { loginUrl, redirectUri } = relyingPartyUrls(ctx.publicUrl, row.id)
  return { ...shown, complete: true, loginUrl, redirectUrl: redirectUri }
}
