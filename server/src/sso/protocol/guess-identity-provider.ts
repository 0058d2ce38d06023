/** The identity providers whose consoles we can point into. */
export type KnownIdp = 'ENTRA' | 'OKTA' | 'GOOGLE' | 'ADFS' | 'KEYCLOAK' | 'OTHER'

export const idpNames: Record<KnownIdp, string> = {
  ENTRA: 'Microsoft Entra',
  OKTA: 'Okta',
  GOOGLE: 'Google Workspace',
  ADFS: 'AD FS',
  KEYCLOAK: 'Keycloak',
  OTHER: 'the identity provider',
}

const entraHosts = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.microsoft.com',
  'login.windows.net',
  'sts.windows.net',
])

const isOkta = (host: string): boolean => /(^|\.)(okta|oktapreview|okta-emea|okta-gov)\.com$/.test(host)

function guess(text: string | null): KnownIdp {
  if (text === null || !URL.canParse(text)) return 'OTHER'
  const { hostname, pathname } = new URL(text)
  if (entraHosts.has(hostname)) return 'ENTRA'
  if (isOkta(hostname)) return 'OKTA'
  if (hostname === 'accounts.google.com') return 'GOOGLE'
  if (/^\/adfs\//i.test(pathname)) return 'ADFS'
  return /\/realms\/[^/]+(\/protocol\/saml.*)?\/?$/.test(pathname) ? 'KEYCLOAK' : 'OTHER'
}

/** Which product it is, as its addresses tell. A guess that chooses words and nothing else. */
export function guessIdentityProvider({
  idpSsoUrl,
  idpEntityId,
}: {
  idpSsoUrl: string | null
  idpEntityId: string | null
}): KnownIdp {
  const byAddress = guess(idpSsoUrl)
  return byAddress === 'OTHER' ? guess(idpEntityId) : byAddress
}
