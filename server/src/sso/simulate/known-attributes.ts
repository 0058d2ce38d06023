import type { Asserted } from '../protocol/asserted.ts'

/** What an attempt's record says of who it was; null where nothing was signed, or nothing tells. */
export type KnownIdentity = { subject: string | null; email: string; emailVerified: boolean }

/**
 * Reads again who it was, from what the record of an attempt kept.
 * @param email the address of the attempt; null when none could be read
 */
export function knownIdentity(
  attributes: readonly Asserted[],
  email: string | null,
  protocol: 'SAML' | 'OKTA' | 'OIDC',
): KnownIdentity | null {
  if (email === null) return null
  const first = (found: (attribute: Asserted) => boolean) => attributes.find(found)?.values[0]
  const subject = first(({ usedFor }) => usedFor.includes('subject')) ?? null
  // In SAML an address counts as what it is: asserted. OpenID Connect says whether it is verified (Core 5.1).
  const emailVerified = protocol === 'SAML' || first(({ name }) => name === 'email_verified') === 'true'
  return { subject, email, emailVerified }
}
