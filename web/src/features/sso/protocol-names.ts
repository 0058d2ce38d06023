export type ConnectionTypename = 'SamlConnection' | 'OktaConnection' | 'OidcConnection'

/** What owners chose in the dialog. */
export const protocolNames: Record<ConnectionTypename, string> = {
  SamlConnection: 'SAML 2.0',
  OktaConnection: 'Okta Workforce',
  OidcConnection: 'OpenID Connect',
}
