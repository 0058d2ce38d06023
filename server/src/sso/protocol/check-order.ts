import type { SignInCheck } from './sign-in-check.ts'

type Occasion = 'always' | 'sometimes'
type Order = readonly [name: string, title: string, occasion: Occasion][]

/**
 * Every check that a trace of SAML may hold, in the order in which they run. `always` says of one that each sign-in passes it;
 * the others only some give occasion to, such as the end of a session, a test, or a sign-in that the identity provider
 * starts.
 */
const samlOrder: Order = [
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
  ['role', 'Role', 'sometimes'],
]

/** The same of OpenID Connect. The browser comes first: it brings the answer itself, with its cookie. */
const oidcOrder: Order = [
  ['initiator', 'Started by', 'sometimes'],
  ['state', 'Answers a request of ours', 'always'],
  ['browser', 'Same browser', 'always'],
  ['responseIssuer', 'Issuer of the answer', 'sometimes'],
  ['discovery', 'Discovery document', 'always'],
  ['answer', 'Answer', 'always'],
  ['code', 'Code taken back', 'always'],
  ['idToken', 'ID token', 'always'],
  ['algorithm', 'Signature algorithm', 'always'],
  ['issuer', 'Issuer', 'always'],
  ['audience', 'Audience', 'always'],
  ['authorizedParty', 'Authorized party', 'sometimes'],
  ['nonce', 'Nonce', 'always'],
  ['issuedAt', 'Issued', 'always'],
  ['expires', 'Valid until', 'always'],
  ['validFrom', 'Valid from', 'sometimes'],
  ['accessTokenHash', 'Access token', 'sometimes'],
  ['signature', 'Signature', 'always'],
  ['userinfo', 'Userinfo', 'sometimes'],
  ['subject', 'Subject', 'always'],
  ['email', 'E-mail address', 'always'],
  ['name', 'Name', 'always'],
  ['settings', 'Settings', 'sometimes'],
  ['outcome', 'What a sign-in would do', 'sometimes'],
  ['profile', 'E-mail address of the account', 'sometimes'],
  ['account', 'Account', 'sometimes'],
  ['membership', 'Membership', 'sometimes'],
  ['role', 'Role', 'sometimes'],
]

/** Every check that anybody notes. */
export const checkNames: ReadonlySet<string> = new Set([...samlOrder, ...oidcOrder].map(([name]) => name))

/** Names that are in this order alone tell the protocol: a trace of it begins with one, but for its last checks. */
const isOidcs = (checks: readonly SignInCheck[]): boolean => {
  const samls = new Set(samlOrder.map(([name]) => name))
  return checks.some(({ name }) => checkNames.has(name) && !samls.has(name))
}

/** The titles of the checks that a refused sign-in did not get to, in their order. Empty when none ran at all. */
export function notReachedChecks(checks: readonly SignInCheck[]): string[] {
  const order = isOidcs(checks) ? oidcOrder : samlOrder
  const last = Math.max(...checks.map(({ name }) => order.findIndex(([known]) => known === name)), -1)
  if (last === -1) return []
  return order.slice(last + 1).flatMap(([, title, occasion]) => (occasion === 'always' ? [title] : []))
}
