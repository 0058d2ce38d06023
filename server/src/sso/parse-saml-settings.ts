import type { FieldErrors } from '../core/errors.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import type { AttributeMapping } from '../db/schema/sso-connections.ts'
import { parseCertificates } from './saml/certificate.ts'

const present = (text: string | null | undefined): string | null => {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

/** A connection's name: 1 to 100 characters; `fallback` when empty. */
export function parseConnectionName(text: string | null, fallback: string, errors: FieldErrors): string {
  const name = present(text) ?? fallback
  if (name.length > 100) errors.add('input.name', 'TOO_LONG', 'Use a name of at most 100 characters.')
  return name
}

const example = 'https://login.microsoftonline.com/…/saml2'

/** An absolute https URL, or http on this machine; null when empty. @param field of the input */
function parseHttpsUrl(text: string | null, field: string, label: string, errors: FieldErrors): string | null {
  const value = present(text)
  if (value === null) return null
  const path = `input.${field}`
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || value.length > 2000) {
    errors.add(path, 'INVALID_URL', `${label} must be a whole address such as ${example}.`)
  } else if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    errors.add(path, 'NOT_HTTPS', `${label} must start with https://.`)
  } else if (url.username !== '' || url.hash !== '') {
    errors.add(path, 'INVALID_URL', `${label} must not contain a user name or a #fragment.`)
  }
  return value
}

/** One of our own single sign-on addresses: where one of the identity provider's belongs, a mistake of copying. */
function isOwnUrl(value: string | null, publicUrl: string): boolean {
  if (value === null || !URL.canParse(value)) return false
  const url = new URL(value)
  return url.origin === publicUrl && url.pathname.startsWith('/sso/')
}

/** Where authentication requests go. */
export function parseIdpSsoUrl(text: string | null, publicUrl: string, errors: FieldErrors): string | null {
  const value = parseHttpsUrl(text, 'idpSsoUrl', 'Single Sign-On URL', errors)
  if (isOwnUrl(value, publicUrl)) {
    const message = 'This is our own address. Paste the Login URL that your identity provider shows.'
    errors.add('input.idpSsoUrl', 'OWN_URL', message)
  }
  return value
}

/** Where logout messages go: requests, and answers when those have an address of their own. */
export function parseSloUrls(
  requests: string | null,
  responses: string | null,
  publicUrl: string,
  errors: FieldErrors,
): { idpSloUrl: string | null; idpSloResponseUrl: string | null } {
  const parse = (text: string | null, field: string, label: string): string | null => {
    const value = parseHttpsUrl(text, field, label, errors)
    if (isOwnUrl(value, publicUrl)) {
      const message = 'This is our own address. Paste the logout URL that your identity provider shows.'
      errors.add(`input.${field}`, 'OWN_URL', message)
    }
    return value
  }
  return {
    idpSloUrl: parse(requests, 'idpSloUrl', 'The identity provider’s logout URL'),
    idpSloResponseUrl: parse(responses, 'idpSloResponseUrl', 'The identity provider’s logout response URL'),
  }
}

/** An authentication context class (SAML Authn Context): a URI; null when empty. */
export function parseAuthnContext(text: string | null, errors: FieldErrors): string | null {
  const value = present(text)
  if (value !== null && (value.length > 500 || !/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(value))) {
    const message =
      'The authentication context must be a URI such as urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport.'
    errors.add('input.requestedAuthnContext', 'INVALID_URI', message)
  }
  return value
}

/** Names of attributes, as the identity provider sends them: up to 500 characters; the empty ones are left out. */
export function parseAttributeMapping(
  input: { subject?: string | null; email?: string | null; name?: string | null },
  errors: FieldErrors,
): AttributeMapping {
  const named = (['subject', 'email', 'name'] as const).flatMap((key) => {
    const value = present(input[key])
    if (value === null) return []
    if (value.length > 500 || /\p{Cc}/u.test(value)) {
      const message = 'The name of an attribute must have at most 500 characters on one line.'
      errors.add(`input.attributeMapping.${key}`, 'INVALID_NAME', message)
    }
    return [[key, value] as const]
  })
  return Object.fromEntries(named)
}

/** An entity ID (SAML Core 8.3.6): up to 1024 characters without white space; null when empty. */
export function parseEntityId(text: string | null, field: string, label: string, errors: FieldErrors): string | null {
  const value = present(text)
  if (value !== null && (value.length > 1024 || /[\s\p{Cc}]/u.test(value))) {
    errors.add(`input.${field}`, 'INVALID_ENTITY_ID', `${label} must be at most 1024 characters without spaces.`)
  }
  return value
}

/** The two names in the trust are easily confused: ours is never the identity provider's. */
export function checkEntityIds(spEntityId: string, idpEntityId: string | null, errors: FieldErrors): void {
  const isEntras = /^https:\/\/(sts\.windows\.net|login\.microsoftonline\.com)\//.test(spEntityId)
  if (spEntityId === idpEntityId || isEntras) {
    errors.add(
      'input.spEntityId',
      'IDP_ENTITY_ID',
      'This is the name of the identity provider. Entity ID is our name: the value of Identifier (Entity ID) in the basic SAML configuration over there.',
    )
  }
}

export const mostCertificates = 10

/** Certificates in any of the forms that identity providers hand out, as PEM, each once. */
export function parseIdpCertificates(texts: readonly string[], errors: FieldErrors): string[] {
  const found = texts.flatMap((text, index) => {
    if (text.trim() === '') return []
    const parsed = parseCertificates(text)
    if ('certificates' in parsed) return parsed.certificates.map((certificate) => certificate.pem)
    errors.add(`input.idpCertificates.${index}`, parsed.problem.reason, parsed.problem.message)
    return []
  })
  if (found.length > mostCertificates) {
    errors.add('input.idpCertificates', 'TOO_MANY', `Keep at most ${mostCertificates} certificates.`)
  }
  return [...new Set(found)]
}
