import type { SignInCheck } from './sign-in-check.ts'

/**
 * The checks that every sign-in passes, in the order in which they run. What only some responses give occasion to, such
 * as the end of a session, is not among them.
 */
const everyCheck: readonly [name: string, title: string][] = [
  ['message', 'SAML response'],
  ['status', 'Status'],
  ['structure', 'Structure'],
  ['assertion', 'Assertion'],
  ['signature', 'Signature'],
  ['version', 'Version'],
  ['issuer', 'Issuer'],
  ['destination', 'Destination'],
  ['conditions', 'Conditions'],
  ['audience', 'Audience'],
  ['subjectConfirmation', 'Subject confirmation'],
  ['recipient', 'Recipient'],
  ['inResponseTo', 'In response to'],
  ['issueInstant', 'Issued'],
  ['confirmationNotOnOrAfter', 'Confirmation valid until'],
  ['authnStatement', 'Authentication statement'],
  ['authnInstant', 'Signed in at'],
  ['subject', 'Subject'],
  ['email', 'E-mail address'],
  ['name', 'Name'],
  ['request', 'Answers a request of ours'],
  ['browser', 'Same browser'],
  ['replay', 'First use of this assertion'],
]

/** The titles of the checks that a refused sign-in did not get to, in their order. Empty when none ran at all. */
export function notReachedChecks(checks: readonly SignInCheck[]): string[] {
  const ran = new Set(checks.map(({ name }) => name))
  if (!everyCheck.some(([name]) => ran.has(name))) return []
  return everyCheck.flatMap(([name, title]) => (ran.has(name) ? [] : [title]))
}
