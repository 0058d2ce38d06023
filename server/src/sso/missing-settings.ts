import type { SsoConnectionRow } from './sso-connection.store.ts'

/** What a sign-in through the connection cannot do without, in the dialog's own labels. */
export function missingSettings(row: SsoConnectionRow): string[] {
  // OpenID Connect's settings are all required from the start.
  if (row.protocol !== 'SAML') return []
  return [
    ...(row.idpSsoUrl === null ? ['Single Sign-On URL'] : []),
    ...(row.idpCertificates.length === 0 ? ['Certificate'] : []),
  ]
}
