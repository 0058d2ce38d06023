import { isLoopbackHost } from '../../core/loopback.ts'

/** The hosts of Okta's own, where an organization's console is at `<name>-admin`. */
const adminHost = /^(.+)-admin\.(okta|oktapreview|okta-emea|okta-gov)\.com$/

/**
 * What an owner enters as Okta Domain: a host, with or without scheme and slash, the console's own (`-admin`), a custom
 * domain, any address copied from the browser, or a whole issuer such as `https://acme.okta.com/oauth2/default`.
 * Without such a path it is the organization's own authorization server, which needs no paid add-on. Null when it is
 * nothing of the kind. Plain http is kept for this machine alone.
 */
export function parseOktaDomain(text: string): { oktaDomain: string; issuer: string } | null {
  const trimmed = text.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  const url = /\s/.test(trimmed) || !URL.canParse(whole) ? null : new URL(whole)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  const local = isLoopbackHost(url.hostname)
  if (url.hostname.length > 253 || (!local && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(url.hostname))) return null
  const admin = adminHost.exec(url.hostname)
  const oktaDomain = admin === null ? url.host : `${admin[1]}.${admin[2]}.com`
  const scheme = local ? url.protocol : 'https:'
  // /oauth2/v1 is where the organization's own server has its endpoints.
  const server = /^\/oauth2\/([A-Za-z0-9_-]{1,100})(\/|$)/.exec(url.pathname)?.[1]
  const path = server === undefined || server === 'v1' ? '' : `/oauth2/${server}`
  return { oktaDomain, issuer: `${scheme}//${oktaDomain}${path}` }
}

/** Who may start a sign-in from elsewhere: Okta’s dashboard names the organization, whichever server issues tokens. */
export const initiatorsOf = (connection: { issuer: string; oktaDomain: string | null }): string[] => {
  const organization = connection.oktaDomain === null ? null : new URL('/', connection.issuer).origin
  return organization === null || organization === connection.issuer
    ? [connection.issuer]
    : [connection.issuer, organization]
}
