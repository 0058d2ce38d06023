import { parseEmail } from '../../core/email.ts'
import { nameIdFormat } from './names.ts'
import type { Attribute } from './read-assertion.ts'
import type { SignInFailureReason } from './saml-failure.ts'
import { check, type SignInCheck } from './sign-in-check.ts'
import type { Assertion } from './verify-response.ts'

/** Who the identity provider says it is. */
export type Identity = {
  /** Lasting, and unique within the connection; what a user is recognized by. */
  subject: string
  /** Where the subject was found: an attribute's name, or NameID. */
  subjectSource: string
  /** Lower case. */
  email: string
  name: string | null
}

type Found = { value: string; source: string }
type Outcome = { found: Found | null } | { reason: SignInFailureReason; actual: string }

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const microsoft = 'http://schemas.microsoft.com/identity/claims/'
const oid = {
  mail: 'urn:oid:0.9.2342.19200300.100.1.3',
  displayName: 'urn:oid:2.16.840.1.113730.3.1.241',
  givenName: 'urn:oid:2.5.4.42',
  surname: 'urn:oid:2.5.4.4',
  commonName: 'urn:oid:2.5.4.3',
}

/** Entra's object ID: "immutable and cannot be reassigned or reused". */
const objectIdentifier = `${microsoft}objectidentifier`
/** OASIS SAML V2.0 Subject Identifier Attributes: for identity providers that send no lasting NameID. */
const subjectIdentifiers = [
  'urn:oasis:names:tc:SAML:attribute:subject-id',
  'urn:oasis:names:tc:SAML:attribute:pairwise-id',
]
const emails = [
  `${claims}emailaddress`,
  oid.mail,
  'email',
  'mail',
  'emailAddress',
  'emailaddress',
  'Email',
  'user.email',
]
const fullNames = [
  `${microsoft}displayname`,
  oid.displayName,
  'displayName',
  'displayname',
  'name',
  `${claims}name`,
  'cn',
  oid.commonName,
]
const givenNames = [`${claims}givenname`, oid.givenName, 'givenName', 'firstName', 'FirstName']
const surnames = [`${claims}surname`, oid.surname, 'sn', 'surname', 'lastName', 'LastName']

/** The one value of the first of these attributes that is there; empty values do not count. */
function single(attributes: readonly Attribute[], names: readonly string[]): Outcome {
  for (const name of names) {
    const elements = attributes.filter((attribute) => attribute.name === name)
    const values = elements.flatMap((attribute) => attribute.values).filter((value) => value.trim() !== '')
    const [value] = values
    if (value === undefined) continue
    if (elements.length > 1 || values.length > 1)
      return { reason: 'ATTRIBUTE_AMBIGUOUS', actual: `${name}: ${values.join(', ')}` }
    return { found: { value, source: name } }
  }
  return { found: null }
}

/** Core 1.3.1, 2.2: something is there, all of it is meant, and it fits a column. */
const isSubject = (value: string): boolean =>
  value.length >= 1 && value.length <= 256 && value === value.trim() && !/\p{Cc}/u.test(value)

function readSubject({ nameId, attributes }: Assertion): Outcome {
  const immutable = single(attributes, [objectIdentifier])
  if ('reason' in immutable || immutable.found !== null) return immutable
  if (nameId !== null && nameId.format !== nameIdFormat.transient) {
    return nameId.value.trim() === ''
      ? { reason: 'NAME_ID_MISSING', actual: 'an empty NameID' }
      : { found: { value: nameId.value, source: 'NameID' } }
  }
  const identifier = single(attributes, subjectIdentifiers)
  if ('reason' in identifier || identifier.found !== null) return identifier
  return nameId === null
    ? { reason: 'NAME_ID_MISSING', actual: 'no NameID' }
    : { reason: 'SUBJECT_INVALID', actual: 'a transient NameID, which is another one at each sign-in' }
}

function readEmail({ nameId, attributes }: Assertion): Outcome {
  const sent = single(attributes, emails)
  if ('reason' in sent || sent.found !== null) return sent
  return nameId?.format === nameIdFormat.email ? { found: { value: nameId.value, source: 'NameID' } } : sent
}

/** What to call the person: for display only, so that whatever is unusable is left out. */
function readName({ attributes }: Assertion): string | null {
  const text = (names: string[]): string | null => {
    const outcome = single(attributes, names)
    return 'found' in outcome && outcome.found !== null ? outcome.found.value.trim() : null
  }
  const parts = [text(givenNames), text(surnames)].filter((part) => part !== null).join(' ')
  const full = fullNames.map((name) => text([name])).find((value) => value !== null && !value.includes('@'))
  const name = full ?? parts
  return name === '' || name.length > 200 || /\p{Cc}/u.test(name) ? null : name
}

const namesOf = (attributes: readonly Attribute[]): string =>
  attributes.map((attribute) => attribute.name).join(', ') || 'no attributes at all'

/** Reads who it is from a verified assertion: a lasting subject, an e-mail address, a name when there is one. */
export function readIdentity(
  assertion: Assertion,
):
  | { ok: true; identity: Identity; checks: SignInCheck[] }
  | { ok: false; reason: SignInFailureReason; checks: SignInCheck[] } {
  const checks: SignInCheck[] = []
  const refuse = (reason: SignInFailureReason, name: string, title: string, expected: string, actual: string) => {
    checks.push(check(name, title, false, expected, actual))
    return { ok: false as const, reason, checks }
  }
  const lasting = 'a lasting identifier: Entra’s object ID, or a NameID'
  const subject = readSubject(assertion)
  if ('reason' in subject) return refuse(subject.reason, 'subject', 'Subject', lasting, subject.actual)
  if (subject.found === null) return refuse('NAME_ID_MISSING', 'subject', 'Subject', lasting, 'none')
  if (!isSubject(subject.found.value))
    return refuse('SUBJECT_INVALID', 'subject', 'Subject', lasting, subject.found.value)
  checks.push(check('subject', 'Subject', true, lasting, `${subject.found.value} (${subject.found.source})`))

  const address = 'one e-mail address'
  const sent = readEmail(assertion)
  if ('reason' in sent) return refuse(sent.reason, 'email', 'E-mail address', address, sent.actual)
  if (sent.found === null) {
    return refuse(
      'EMAIL_MISSING',
      'email',
      'E-mail address',
      `${address}, such as the attribute emailaddress`,
      `only: ${namesOf(assertion.attributes)}`,
    )
  }
  const email = parseEmail(sent.found.value)
  if (email === null || email.includes('#ext#'))
    return refuse('EMAIL_INVALID', 'email', 'E-mail address', address, sent.found.value)
  checks.push(check('email', 'E-mail address', true, address, `${email} (${sent.found.source})`))
  const identity = {
    subject: subject.found.value,
    subjectSource: subject.found.source,
    email,
    name: readName(assertion),
  }
  return { ok: true, identity, checks }
}
