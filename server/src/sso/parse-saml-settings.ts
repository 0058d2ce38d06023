import type { FieldErrors } from '../core/errors.ts'
import { isLoopbackHost } from '../core/loopback.ts'
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

/** An absolute https URL, or http on this machine; null when empty. */
export function parseIdpSsoUrl(text: string | null, publicUrl: string, errors: FieldErrors): string | null {
  const value = present(text)
  if (value === null) return null
  const path = 'input.idpSsoUrl'
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || value.length > 2000) {
    errors.add(
      path,
      'INVALID_URL',
      'Single Sign-On URL must be a whole address such as https://login.microsoftonline.com/…/saml2.',
    )
  } else if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    errors.add(path, 'NOT_HTTPS', 'Single Sign-On URL must start with https://.')
  } else if (url.username !== '' || url.hash !== '') {
    errors.add(path, 'INVALID_URL', 'Single Sign-On URL must not contain a user name or a #fragment.')
  } else if (url.origin === publicUrl && url.pathname.startsWith('/sso/')) {
    errors.add(path, 'OWN_URL', 'This is our own address. Paste the Login URL that your identity provider shows.')
  }
  return value
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

/** Certificates in any of the forms that identity providers hand out, as PEM, each once. */
export function parseIdpCertificates(texts: readonly string[], errors: FieldErrors): string[] {
  const found = texts.flatMap((text, index) => {
    if (text.trim() === '') return []
    const parsed = parseCertificates(text)
    if ('certificates' in parsed) return parsed.certificates.map((certificate) => certificate.pem)
    errors.add(`input.idpCertificates.${index}`, parsed.problem.reason, parsed.problem.message)
    return []
  })
  if (found.length > 10) errors.add('input.idpCertificates', 'TOO_MANY', 'Keep at most 10 certificates.')
  return [...new Set(found)]
}
