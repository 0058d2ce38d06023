import { parseEmail } from '../../core/email.ts'
import { isEntraHost } from '../saml/entra-metadata-url.ts'

/** The e-mail address that a person is expected to sign in with, from text that anybody could have written. */
export const parseLoginHint = (text: unknown): string | null => (typeof text === 'string' ? parseEmail(text) : null)

/**
 * Fills in the address at identity providers that take `login_hint` beside a SAML request. That is Entra; SAML has the
 * request's Subject for it (Core 3.4.1), which Entra refuses, so it is never sent.
 * @param redirectUrl the address with the AuthnRequest; a signature covers the message alone (Bindings 3.4.4.1).
 */
export function withLoginHint(redirectUrl: string, loginHint: string | null): string {
  if (loginHint === null || !isEntraHost(new URL(redirectUrl).hostname)) return redirectUrl
  return `${redirectUrl}&login_hint=${encodeURIComponent(loginHint)}`
}
