import type { ConnectionTypename } from '../protocol-names.ts'

/** What there are guides for, in the order in which they are offered; guides.ts has the guides. */
export const guideTitles: Record<ConnectionTypename, { name: string; title: string }[]> = {
  SamlConnection: [
    { name: 'microsoft-entra', title: 'Microsoft Entra' },
    { name: 'okta-saml', title: 'Okta, with SAML' },
    { name: 'google-workspace', title: 'Google Workspace' },
    { name: 'ad-fs', title: 'AD FS' },
    { name: 'keycloak-saml', title: 'Keycloak, with SAML' },
    { name: 'onelogin', title: 'OneLogin' },
    { name: 'pingone', title: 'PingOne' },
    { name: 'jumpcloud', title: 'JumpCloud' },
    { name: 'auth0', title: 'Auth0' },
    { name: 'other-saml', title: 'Another one that speaks SAML 2.0' },
  ],
  OktaConnection: [{ name: 'okta-workforce', title: 'Okta Workforce' }],
  OidcConnection: [
    { name: 'keycloak-oidc', title: 'Keycloak' },
    { name: 'other-oidc', title: 'Another one with OpenID Connect' },
  ],
}
