import type { EntranceRow } from '../../access/enforcement.store.ts'
import type { OrganizationRow } from '../../organization/organization.store.ts'
import { safeReturnPath } from '../login/return-path.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'

/** One connection as a person sees it who has not come in through it yet. */
export type Entrance = {
  connectionId: string
  connectionName: string
  organizationName: string
  organizationSlug: string
  /** Whom the identity provider is told to expect. */
  loginHint: string
}

/** Those of the rows that lead into the organization, for one person. */
export const entrancesOf = (
  organization: OrganizationRow,
  rows: readonly EntranceRow[],
  loginHint: string,
): Entrance[] =>
  rows
    .filter((row) => row.organizationId === organization.id)
    .map(({ connectionId, connectionName }) => ({
      connectionId,
      connectionName,
      organizationName: organization.name,
      organizationSlug: organization.slug,
      loginHint,
    }))

/** The SSO login URL that says whom to expect, and leads on to a page of ours: `returnTo`, else the organization. */
export function entranceUrl(publicUrl: string, entrance: Entrance, returnTo: string | null): string {
  const url = new URL(serviceProviderUrls(publicUrl, entrance.connectionId).loginUrl)
  const path = safeReturnPath(returnTo, publicUrl)
  url.searchParams.set('login_hint', entrance.loginHint)
  url.searchParams.set('returnTo', path === '/' ? `/organizations/${entrance.organizationSlug}` : path)
  return url.href
}
