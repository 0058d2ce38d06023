import type { SignInCheck } from './sign-in-check.ts'

type Occasion = 'always' | 'sometimes'

/**
 * Every check that a trace may hold, in the order in which they run. `always` says of one that each sign-in passes it;
 * the others only some give occasion to, such as the end of a session, a test, or a sign-in that the identity provider
 * starts.
 */
export const checkOrder: readonly [name: string, title: string, occasion: Occasion][] = [
  ['firstAnswer', 'First answer to a request', 'sometimes'],
  ['message', 'SAML response', 'always'],
  ['status', 'Status', 'always'],
  ['structure', 'Structure', 'always'],
  ['assertion', 'Assertion', 'always'],
  ['signature', 'Signature', 'always'],
  ['decryption', 'Decryption', 'sometimes'],
  ['version', 'Version', 'always'],
  ['issuer', 'Issuer', 'always'],
  ['destination', 'Destination', 'always'],
  ['conditions', 'Conditions', 'always'],
  ['audience', 'Audience', 'always'],
  ['subjectConfirmation', 'Subject confirmation', 'always'],
  ['recipient', 'Recipient', 'always'],
  ['inResponseTo', 'In response to', 'always'],
  ['issueInstant', 'Issued', 'always'],
  ['notBefore', 'Valid from', 'sometimes'],
  ['notOnOrAfter', 'Valid until', 'sometimes'],
  ['validity', 'Validity', 'sometimes'],
  ['confirmationNotOnOrAfter', 'Confirmation valid until', 'always'],
  ['authnStatement', 'Authentication statement', 'always'],
  ['authnInstant', 'Signed in at', 'always'],
  ['sessionNotOnOrAfter', 'Session until', 'sometimes'],
  ['authnContext', 'Authentication context', 'sometimes'],
  ['subject', 'Subject', 'always'],
  ['email', 'E-mail address', 'always'],
  ['name', 'Name', 'always'],
  ['request', 'Answers a request of ours', 'always'],
  ['freshAuthn', 'Authenticated for this sign-in', 'sometimes'],
  ['browser', 'Same browser', 'always'],
  ['replay', 'First use of this assertion', 'always'],
  ['confirmation', 'Confirmed by the person', 'sometimes'],
  ['settings', 'Settings', 'sometimes'],
  ['outcome', 'What a sign-in would do', 'sometimes'],
  ['profile', 'E-mail address of the account', 'sometimes'],
  ['account', 'Account', 'sometimes'],
  ['logout', 'Not logged out meanwhile', 'sometimes'],
  ['membership', 'Membership', 'sometimes'],
]

/** The titles of the checks that a refused sign-in did not get to, in their order. Empty when none ran at all. */
export function notReachedChecks(checks: readonly SignInCheck[]): string[] {
  const last = Math.max(...checks.map(({ name }) => checkOrder.findIndex(([known]) => known === name)), -1)
  if (last === -1) return []
  return checkOrder.slice(last + 1).flatMap(([, title, occasion]) => (occasion === 'always' ? [title] : []))
}
