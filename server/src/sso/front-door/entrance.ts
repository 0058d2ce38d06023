import { safeReturnPath } from '../login/return-path.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import type { EntranceRow } from './entrance.store.ts'

/** One connection as a person sees it who has not come in through it yet. */
export type Entrance = { connectionId: string; connectionName: string; organizationName: string; loginHint: string }

export const viewEntrance = (row: EntranceRow, organizationName: string, loginHint: string): Entrance => ({
  connectionId: row.connectionId,
  connectionName: row.connectionName,
  organizationName,
  loginHint,
})

/** The SSO login URL that tells the identity provider whom to expect, and leads back to where the person wanted to go. */
export function entranceUrl(publicUrl: string, { connectionId, loginHint }: Entrance, returnTo: string | null): string {
  const url = new URL(serviceProviderUrls(publicUrl, connectionId).loginUrl)
  url.searchParams.set('login_hint', loginHint)
  const path = safeReturnPath(returnTo, publicUrl)
  if (path !== '/') url.searchParams.set('returnTo', path)
  return url.href
}
