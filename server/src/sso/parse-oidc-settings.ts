import type { FieldErrors } from '../core/errors.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import { parseOktaDomain } from './oidc/okta-domain.ts'

export type IssuerInput = { oktaDomain: string | null; issuer: string }

/** What an owner entered as Okta Domain; null when it is none, which `errors` then says. */
export function readOktaDomain(text: string, errors: FieldErrors): IssuerInput | null {
  if (text.trim() === '') {
    errors.add('input.oktaDomain', 'REQUIRED', 'Enter the Okta Domain, such as acme.okta.com.')
    return null
  }
  const found = parseOktaDomain(text)
  if (found === null) {
    const message = 'Okta Domain must be the host of your Okta organization, such as acme.okta.com.'
    errors.add('input.oktaDomain', 'INVALID_DOMAIN', message)
  }
  return found
}

/** An issuer: a whole https address without query and fragment (OpenID Connect Discovery 3); null when it is none. */
export function readIssuer(text: string, errors: FieldErrors): IssuerInput | null {
  const value = text.trim().replace(/\/\.well-known\/openid-configuration$/, '')
  const refuse = (reason: string, message: string): null => {
    errors.add('input.issuer', reason, message)
    return null
  }
  if (value === '') return refuse('REQUIRED', 'Enter the issuer, such as https://id.example.com.')
  const url = URL.canParse(value) && !/\s/.test(value) && value.length <= 1000 ? new URL(value) : null
  if (url === null || url.hostname === '') {
    return refuse('INVALID_URL', 'The issuer must be a whole address such as https://id.example.com.')
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    return refuse('NOT_HTTPS', 'The issuer must start with https://.')
  }
  if (url.username !== '' || url.search !== '' || url.hash !== '') {
    return refuse('INVALID_URL', 'The issuer must not contain a user name, a ?query or a #fragment.')
  }
  return { oktaDomain: null, issuer: value }
}

const isOneLine = (text: string): boolean => !/[\p{Cc}]/u.test(text)

export function readClientId(text: string, errors: FieldErrors): string {
  const value = text.trim()
  const path = 'input.clientId'
  if (value === '') errors.add(path, 'REQUIRED', 'Enter the Client ID of the application over there.')
  else if (value.length > 500) errors.add(path, 'TOO_LONG', 'A Client ID has at most 500 characters.')
  else if (!isOneLine(value)) errors.add(path, 'INVALID_NAME', 'A Client ID is one line of text.')
  return value
}

export function readClientSecret(text: string, errors: FieldErrors): string {
  const value = text.trim()
  const path = 'input.clientSecret'
  if (value === '') errors.add(path, 'REQUIRED', 'Enter the Client Secret of the application over there.')
  else if (value.length > 2000) errors.add(path, 'TOO_LONG', 'A Client Secret has at most 2000 characters.')
  else if (!isOneLine(value)) errors.add(path, 'INVALID_NAME', 'A Client Secret is one line of text.')
  return value
}
