import { parseEmail } from '../../core/email.ts'
import type { Identity, IdentitySources, Mapping } from '../protocol/identity.ts'
import { type SignInCheck, Trace } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { nameIdSource } from './asserted-attributes.ts'
import { type Found, findAttribute, namesOf, type Outcome } from './find-attribute.ts'
import { nameIdFormatName } from './names.ts'
import type { SignedClaims } from './read-assertion.ts'
import { objectIdentifier, subjectIdentifiers, usualNames } from './usual-attributes.ts'

type ReadIdentity = {
  checks: SignInCheck[]
  sources: IdentitySources
  /** The address that was sent, also when something else is wrong: it tells the owner who it was. */
  email: string | null
} & ({ ok: true; identity: Identity } | { ok: false; reason: SignInFailureReason })

/** Core 1.3.1, 2.2: something is there, all of it is meant, and it fits a column. */
const isSubject = (value: string): boolean =>
  value.length >= 1 && value.length <= 256 && value === value.trim() && !/\p{Cc}/u.test(value)

/** The NameID as what lasts (Core 8.3.8: a transient one is another at each sign-in). */
function lastingNameId({ nameId }: SignedClaims): Outcome {
  if (nameId === null) return { reason: 'NAME_ID_MISSING', actual: 'no NameID' }
  if (nameIdFormatName(nameId.format) === 'transient')
    return { reason: 'SUBJECT_INVALID', actual: 'a transient NameID, which is another one at each sign-in' }
  return nameId.value.trim() === ''
    ? { reason: 'NAME_ID_MISSING', actual: 'an empty NameID' }
    : { found: { value: nameId.value, source: nameIdSource } }
}

/** Exactly what the owner named, and nothing else in its place. */
function mapped({ attributes }: SignedClaims, name: string): Outcome {
  const outcome = findAttribute(attributes, [name])
  if ('reason' in outcome || outcome.found !== null) return outcome
  const empty = attributes.some((attribute) => attribute.name === name)
  return { reason: 'ATTRIBUTE_MISSING', actual: empty ? `${name} without a value` : `only: ${namesOf(attributes)}` }
}

function readSubject(claims: SignedClaims, name: string | undefined): Outcome {
  if (name === nameIdSource) return lastingNameId(claims)
  if (name !== undefined) return mapped(claims, name)
  const immutable = findAttribute(claims.attributes, [objectIdentifier])
  if ('reason' in immutable || immutable.found !== null) return immutable
  const nameId = lastingNameId(claims)
  if ('found' in nameId || claims.nameId?.value.trim() === '') return nameId
  const identifier = findAttribute(claims.attributes, subjectIdentifiers)
  return 'found' in identifier && identifier.found === null ? nameId : identifier
}

/** A NameID that is an e-mail address by its format; or, as Google and JumpCloud send it, without saying so. */
function emailInNameId({ nameId }: SignedClaims): Found | null {
  if (nameId === null) return null
  const format = nameIdFormatName(nameId.format)
  const isEmail = format === 'emailAddress' || (format === 'unspecified' && parseEmail(nameId.value) !== null)
  return isEmail ? { value: nameId.value, source: nameIdSource } : null
}

function readEmail(claims: SignedClaims, name: string | undefined): Outcome {
  if (name === nameIdSource) {
    const value = claims.nameId?.value ?? ''
    return value === ''
      ? { reason: 'NAME_ID_MISSING', actual: 'no NameID' }
      : { found: { value, source: nameIdSource } }
  }
  if (name !== undefined) return mapped(claims, name)
  const sent = findAttribute(claims.attributes, usualNames.email)
  return 'reason' in sent || sent.found !== null ? sent : { found: emailInNameId(claims) }
}

/** What to call the person: for display only, so that whatever is unusable is left out. */
function readName(
  { nameId, attributes }: SignedClaims,
  name: string | undefined,
): { text: string; from: string[] } | null {
  const one = (names: readonly string[]): Found | null => {
    const outcome = findAttribute(attributes, names)
    const found = 'found' in outcome ? outcome.found : null
    return found === null || found.value.length > 200 || /\p{Cc}/u.test(found.value) ? null : found
  }
  const whole = ({ value, source }: Found) => ({ text: value.trim(), from: [source] })
  if (name === nameIdSource && nameId !== null) return whole({ value: nameId.value, source: nameIdSource })
  const chosen = name === undefined ? null : one([name])
  if (chosen !== null) return whole(chosen)
  const full = usualNames.fullName
    .map((each) => one([each]))
    .find((found) => found !== null && !found.value.includes('@'))
  if (full) return whole(full)
  const parts = [one(usualNames.givenName), one(usualNames.surname)].filter((part) => part !== null)
  if (parts.length === 0) return null
  return { text: parts.map(({ value }) => value.trim()).join(' '), from: parts.map(({ source }) => source) }
}

const from = (name: string | undefined, usual: string): string =>
  name === undefined ? usual : name === nameIdSource ? 'the NameID' : `the attribute ${name}`

const isGuestName = (email: string): boolean => email.includes('#ext#')

/**
 * Reads who it is from what was signed: a lasting subject, an e-mail address, a name when there is one. Everything is
 * looked at, so that the trace shows everything that is wrong at once, and who it was.
 */
export function readIdentity(claims: SignedClaims, mapping: Mapping = {}): ReadIdentity {
  const trace = new Trace()
  const lasting = from(mapping.subject, 'a lasting identifier: Entra’s object ID, or a NameID')
  const subject = readSubject(claims, mapping.subject)
  const subjectFound = 'found' in subject ? subject.found : null
  if ('reason' in subject) trace.add('subject', 'Subject', subject.reason, lasting, subject.actual)
  else if (subject.found === null) trace.add('subject', 'Subject', 'NAME_ID_MISSING', lasting, 'none')
  else {
    const { value, source } = subject.found
    trace.add('subject', 'Subject', isSubject(value) ? null : 'SUBJECT_INVALID', lasting, `${value} (${source})`)
  }

  const address = from(mapping.email, 'one e-mail address, such as the attribute emailaddress')
  const sent = readEmail(claims, mapping.email)
  const emailFound = 'found' in sent ? sent.found : null
  const parsed = emailFound === null ? null : parseEmail(emailFound.value)
  const email = parsed === null || isGuestName(parsed) ? null : parsed
  if ('reason' in sent) trace.add('email', 'E-mail address', sent.reason, address, sent.actual)
  else if (sent.found === null)
    trace.add('email', 'E-mail address', 'EMAIL_MISSING', address, `only: ${namesOf(claims.attributes)}`)
  else {
    const { value, source } = sent.found
    trace.add(
      'email',
      'E-mail address',
      email === null ? 'EMAIL_INVALID' : null,
      address,
      `${email ?? value} (${source})`,
    )
  }

  const name = readName(claims, mapping.name)
  const shown = name === null ? 'none that can be shown' : `${name.text} (${name.from.join(', ')})`
  trace.add('name', 'Name', null, `${from(mapping.name, 'a name, when there is one')}, for display only`, shown)

  const sources = {
    subject: subjectFound === null ? [] : [subjectFound.source],
    email: emailFound === null ? [] : [emailFound.source],
    name: name?.from ?? [],
  }
  const { checks, reason } = trace
  if (reason !== null) return { ok: false, reason, checks, sources, email }
  if (subjectFound === null || email === null) throw new Error('who it is is missing although all checks passed')
  const identity = { subject: subjectFound.value, email, emailVerified: true, name: name?.text || null }
  return { ok: true, identity, checks, sources, email }
}
