import { parseEmail } from '../../core/email.ts'
import type { Identity, IdentitySources, Mapping } from '../protocol/identity.ts'
import { type SignInCheck, Trace } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { isSubject } from './check-id-token.ts'

export type Claims = Record<string, unknown>

type ReadClaims = {
  checks: SignInCheck[]
  sources: IdentitySources
  /** The address that was sent, also when something else is wrong. */
  email: string | null
  /** Instead of the reason's own advice, which speaks of SAML. */
  advice: string | null
} & ({ ok: true; identity: Identity } | { ok: false; reason: SignInFailureReason })

const emailAdvice: Partial<Record<SignInFailureReason, string>> = {
  EMAIL_MISSING:
    'Neither the ID token nor userinfo has the claim email. Let the application have the scope email, and fill in the member’s e-mail address over there; or map the e-mail address to a claim that arrives.',
  EMAIL_INVALID: 'The e-mail address must be one plain ASCII address.',
}

/** One text, as it came; an array of one counts as that one. */
const one = (value: unknown): string | null => {
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  return typeof single === 'string' && single.trim() !== '' ? single : null
}

type Found = { value: string; source: string }

const find = (claims: Claims, names: readonly string[]): Found | null => {
  for (const source of names) {
    const value = one(claims[source])
    if (value !== null) return { value, source }
  }
  return null
}

/** Of people whose login name is their address, as Okta's usually is. It is never one that was verified. */
function findEmail(claims: Claims, mapped: string | undefined): Found | null {
  if (mapped !== undefined) return find(claims, [mapped])
  const login = find(claims, ['preferred_username'])
  return find(claims, ['email']) ?? (login !== null && parseEmail(login.value) !== null ? login : null)
}

/** What to call the person: for display only, so that whatever is unusable is left out. */
function findName(claims: Claims, mapped: string | undefined): { text: string; from: string[] } | null {
  const usable = (name: string): Found | null => {
    const found = find(claims, [name])
    return found === null || found.value.length > 200 || /\p{Cc}/u.test(found.value) ? null : found
  }
  const whole = mapped === undefined ? usable('name') : (usable(mapped) ?? usable('name'))
  if (whole !== null) return { text: whole.value.trim(), from: [whole.source] }
  const parts = [usable('given_name'), usable('family_name')].filter((part) => part !== null)
  if (parts.length === 0) return null
  return { text: parts.map(({ value }) => value.trim()).join(' '), from: parts.map(({ source }) => source) }
}

const namesOf = (claims: Claims): string => Object.keys(claims).sort().join(', ') || 'nothing'

/** True when the identity provider says so of this very address (Core 5.1); AWS Cognito says it as text. */
const isVerified = (claims: Claims, email: string): boolean => {
  const said = claims['email_verified']
  return (said === true || said === 'true') && parseEmail(one(claims['email']) ?? '') === email
}

/**
 * Whether everything that may be asked for is there already, so that userinfo need not be asked.
 * @param more names of claims that are of use besides
 */
export const isComplete = (claims: Claims, mapping: Mapping, more: readonly string[]): boolean =>
  lacksNothing(claims, mapping) &&
  more.every((name) => claims[name] !== undefined) &&
  claims['email_verified'] !== undefined &&
  findName(claims, mapping.name) !== null

/** Whether a sign-in could do with these claims. */
export const lacksNothing = (claims: Claims, mapping: Mapping): boolean =>
  find(claims, [mapping.subject ?? 'sub']) !== null && findEmail(claims, mapping.email) !== null

/**
 * Reads who it is from claims that were verified: a lasting subject, an e-mail address, a name when there is one.
 * Everything is looked at, so that the trace shows everything that is wrong at once, and who it was.
 */
export function readClaims(claims: Claims, mapping: Mapping = {}): ReadClaims {
  const trace = new Trace()
  const subject = find(claims, [mapping.subject ?? 'sub'])
  const lasting = mapping.subject === undefined ? 'sub' : `the claim ${mapping.subject}`
  const missing = mapping.subject === undefined ? 'SUBJECT_MISSING' : 'ATTRIBUTE_MISSING'
  if (subject === null) trace.add('subject', 'Subject', missing, lasting, `only: ${namesOf(claims)}`)
  else {
    const reason = isSubject(subject.value) ? null : 'SUBJECT_MISSING'
    trace.add('subject', 'Subject', reason, lasting, `${subject.value} (${subject.source})`)
  }

  const sent = findEmail(claims, mapping.email)
  const email = sent === null ? null : parseEmail(sent.value)
  const emailVerified = email !== null && isVerified(claims, email)
  const address = mapping.email === undefined ? 'one e-mail address, in the claim email' : `the claim ${mapping.email}`
  if (sent === null) {
    const reason = mapping.email === undefined ? 'EMAIL_MISSING' : 'ATTRIBUTE_MISSING'
    trace.add('email', 'E-mail address', reason, address, `only: ${namesOf(claims)}`)
  } else {
    const actual = `${email ?? sent.value} (${sent.source}, ${emailVerified ? 'verified' : 'not verified'} over there)`
    trace.add('email', 'E-mail address', email === null ? 'EMAIL_INVALID' : null, address, actual)
  }

  const name = findName(claims, mapping.name)
  const shown = name === null ? 'none that can be shown' : `${name.text} (${name.from.join(', ')})`
  trace.add('name', 'Name', null, 'a name, when there is one, for display only', shown)

  const sources = {
    subject: subject === null ? [] : [subject.source],
    email: sent === null ? [] : [sent.source],
    name: name?.from ?? [],
  }
  const { checks, reason } = trace
  if (reason !== null) return { ok: false, reason, checks, sources, email, advice: emailAdvice[reason] ?? null }
  if (subject === null || email === null) throw new Error('who it is is missing although all checks passed')
  const identity = { subject: subject.value, email, emailVerified, name: name?.text || null }
  return { ok: true, identity, checks, sources, email, advice: null }
}
