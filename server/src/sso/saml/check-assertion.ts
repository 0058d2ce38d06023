import { type SignInCheck, Trace } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import type { CheckedFacts, Envelope, Expectations } from './expectations.ts'
import { bearer, nameIdFormat } from './names.ts'
import type { AssertionContent, SubjectConfirmation } from './read-assertion.ts'

export const oldestMessage = 10 * 60_000
export const longestValidity = 24 * 60 * 60_000

// With milliseconds, which is as fine as Date is.
const longestForDate = '2026-03-01T12:00:00.000Z'.length
/** An instant in UTC as Core 1.3.3 asks; null for anything else. */
export function parseInstant(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,12})?Z$/.test(text)) return null
  const at = new Date(text.length > longestForDate ? text.replace(/(\.\d{3})\d+Z$/, '$1Z') : text)
  return Number.isNaN(at.getTime()) ? null : at
}

const isUri = (text: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)

/** Our name, and how Entra writes it when it is no URI. */
export const acceptedAudiences = (spEntityId: string): string[] =>
  isUri(spEntityId) ? [spEntityId] : [spEntityId, `spn:${spEntityId}`]

/** The bearer confirmation made for us, else the first one, so that the trace shows what is wrong with it. */
function chooseConfirmation(confirmations: SubjectConfirmation[], acsUrl: string): SubjectConfirmation | null {
  const bearers = confirmations.filter((confirmation) => confirmation.method === bearer)
  return bearers.find((confirmation) => confirmation.recipient === acsUrl) ?? bearers[0] ?? null
}

class AssertionChecks {
  readonly trace = new Trace()
  readonly #content: AssertionContent
  readonly #envelope: Envelope
  readonly #expected: Expectations
  readonly #earliest: Date
  readonly #latest: Date
  readonly #earliestText: string
  readonly #latestText: string

  constructor(content: AssertionContent, envelope: Envelope, expected: Expectations) {
    this.#content = content
    this.#envelope = envelope
    this.#expected = expected
    const skew = expected.clockSkewSeconds * 1000
    this.#earliest = new Date(expected.now.getTime() - skew)
    this.#latest = new Date(expected.now.getTime() + skew)
    this.#earliestText = this.#earliest.toISOString()
    this.#latestText = this.#latest.toISOString()
  }

  version(): void {
    const versions = [this.#envelope.version, this.#content.version]
    const wrong = versions.find((version) => version !== '2.0')
    this.trace.add('version', 'Version', wrong === undefined ? null : 'VERSION_UNSUPPORTED', '2.0', wrong ?? '2.0')
  }

  /** Core 2.2.5, Profiles 4.1.4.2: the exact text, in the assertion and, where it is given, in the response. */
  issuer(): void {
    const { issuer } = this.#content
    const expected = this.#expected.idpEntityId ?? issuer.value
    const issuers = [issuer, ...(this.#envelope.issuer === null ? [] : [this.#envelope.issuer])]
    const wrong = issuers.find(
      ({ value, format }) => value !== expected || (format !== null && format !== nameIdFormat.entity),
    )
    const failed = wrong !== undefined || issuer.value === ''
    const shown = this.#expected.idpEntityId ?? 'any: the identity provider’s entity ID is not known yet'
    this.trace.add('issuer', 'Issuer', failed ? 'ISSUER_MISMATCH' : null, shown, (wrong ?? issuer).value)
  }

  /** Bindings 3.5.5.2. */
  destination(): void {
    const { acsUrl } = this.#expected
    const actual = this.#envelope.destination
    this.trace.add(
      'destination',
      'Destination',
      actual === acsUrl ? null : 'DESTINATION_MISMATCH',
      acsUrl,
      actual ?? 'none',
    )
  }

  /** Core 2.5.1.4: each restriction must name us. */
  audience(): void {
    const accepted = acceptedAudiences(this.#expected.spEntityId)
    const restrictions = this.#content.conditions?.audienceRestrictions ?? []
    const isOurs = (audiences: string[]) => audiences.some((audience) => accepted.includes(audience))
    const failure =
      restrictions.length === 0 ? 'AUDIENCE_MISSING' : restrictions.every(isOurs) ? null : 'AUDIENCE_MISMATCH'
    const actual = restrictions.map((audiences) => audiences.join(' or ')).join(', and ')
    this.trace.add('audience', 'Audience', failure, accepted.join(' or '), actual || 'none')
  }

  conditions(): void {
    const { conditions } = this.#content
    const failure =
      conditions === null ? 'CONDITIONS_MISSING' : conditions.unknown.length > 0 ? 'CONDITION_UNKNOWN' : null
    const actual = conditions === null ? 'none' : conditions.unknown.join(', ') || 'known ones only'
    this.trace.add('conditions', 'Conditions', failure, 'known ones only', actual)
  }

  /** Profiles 4.1.4.2: bearer, for our address, without a NotBefore. */
  confirmation(): SubjectConfirmation | null {
    const { confirmations } = this.#content
    const { acsUrl } = this.#expected
    const chosen = chooseConfirmation(confirmations, acsUrl)
    const title = 'Subject confirmation'
    if (chosen === null) {
      const methods = confirmations.map(({ method }) => method).join(', ')
      this.trace.add('subjectConfirmation', title, 'SUBJECT_CONFIRMATION_MISSING', bearer, methods || 'none')
      return null
    }
    const early = chosen.notBefore !== null
    const actual = early ? 'bearer, with a NotBefore' : 'bearer'
    this.trace.add(
      'subjectConfirmation',
      title,
      early ? 'SUBJECT_CONFIRMATION_MISSING' : null,
      'bearer, without a NotBefore',
      actual,
    )
    const failure = chosen.recipient === acsUrl ? null : 'RECIPIENT_MISMATCH'
    this.trace.add('recipient', 'Recipient', failure, acsUrl, chosen.recipient ?? 'none')
    return chosen
  }

  /**
   * Profiles 4.1.4.3 and 4.1.5: both name the same request, or neither names one. No other confirmation may name
   * another either: what answers a request never passes for a sign-in that the identity provider started.
   */
  inResponseTo(confirmation: SubjectConfirmation | null): string | null {
    const envelope = this.#envelope.inResponseTo
    const inner = confirmation?.inResponseTo ?? null
    const others = this.#content.confirmations.map((each) => each.inResponseTo).filter((name) => name !== null)
    const different = inner !== envelope ? inner : (others.find((name) => name !== envelope) ?? envelope)
    const actual =
      different === envelope ? envelope : `${envelope ?? 'none'}, and ${different ?? 'none'} in the assertion`
    const failure = different === envelope ? null : 'IN_RESPONSE_TO_MISMATCH'
    this.trace.add('inResponseTo', 'In response to', failure, 'the same in response and assertion', actual ?? 'none')
    return inner
  }

  #notFuture(name: string, title: string, text: string): Date | null {
    const at = parseInstant(text)
    const failure = at === null ? 'LIFETIME_INVALID' : at > this.#latest ? 'NOT_YET_VALID' : null
    this.trace.add(name, title, failure, `not after ${this.#latestText}`, text || 'none')
    return at
  }

  /** The messages themselves are fresh. */
  issueInstants(): void {
    const oldest = new Date(this.#earliest.getTime() - oldestMessage)
    for (const text of new Set([this.#envelope.issueInstant, this.#content.issueInstant])) {
      const at = parseInstant(text)
      const failure =
        at === null ? 'LIFETIME_INVALID' : at > this.#latest ? 'NOT_YET_VALID' : at < oldest ? 'EXPIRED' : null
      this.trace.add('issueInstant', 'Issued', failure, `between ${oldest.toISOString()} and ${this.#latestText}`, text)
    }
  }

  #notOnOrAfter(name: string, title: string, text: string | null): Date | null {
    const at = text === null ? null : parseInstant(text)
    const cap = new Date(this.#latest.getTime() + longestValidity)
    const failure = at === null || at > cap ? 'LIFETIME_INVALID' : at <= this.#earliest ? 'EXPIRED' : null
    this.trace.add(name, title, failure, `after ${this.#earliestText}, within 24 hours`, text ?? 'none')
    return at
  }

  /** Core 2.5.1.2: NotBefore and NotOnOrAfter of the conditions; the end of the confirmation, which must be given. */
  validity(confirmation: SubjectConfirmation | null): Date | null {
    const { notBefore, notOnOrAfter } = this.#content.conditions ?? { notBefore: null, notOnOrAfter: null }
    const start = notBefore === null ? null : this.#notFuture('notBefore', 'Valid from', notBefore)
    const end = notOnOrAfter === null ? null : this.#notOnOrAfter('notOnOrAfter', 'Valid until', notOnOrAfter)
    if (start !== null && end !== null && start >= end) {
      this.trace.add(
        'validity',
        'Validity',
        'LIFETIME_INVALID',
        'a start before the end',
        `${notBefore} to ${notOnOrAfter}`,
      )
    }
    if (confirmation === null) return end
    const confirmedUntil = this.#notOnOrAfter(
      'confirmationNotOnOrAfter',
      'Confirmation valid until',
      confirmation.notOnOrAfter,
    )
    return end !== null && confirmedUntil !== null && end < confirmedUntil ? end : confirmedUntil
  }

  /** Core 2.7.2: when the person signed in, and how long that counts; of several statements the earliest end. */
  authnStatements(): { authnInstant: Date | null; sessionNotOnOrAfter: Date | null } {
    const statements = this.#content.authnStatements
    const failure = statements.length === 0 ? 'AUTHN_STATEMENT_MISSING' : null
    this.trace.add('authnStatement', 'Authentication statement', failure, 'at least one', String(statements.length))
    let authnInstant: Date | null = null
    let sessionNotOnOrAfter: Date | null = null
    for (const statement of statements) {
      const at = this.#notFuture('authnInstant', 'Signed in at', statement.authnInstant)
      if (at !== null && (authnInstant === null || at < authnInstant)) authnInstant = at
      const text = statement.sessionNotOnOrAfter
      if (text === null) continue
      const end = parseInstant(text)
      const ended = end === null ? 'LIFETIME_INVALID' : end <= this.#earliest ? 'EXPIRED' : null
      this.trace.add('sessionNotOnOrAfter', 'Session until', ended, `after ${this.#earliestText}`, text)
      if (end !== null && (sessionNotOnOrAfter === null || end < sessionNotOnOrAfter)) sessionNotOnOrAfter = end
    }
    return { authnInstant, sessionNotOnOrAfter }
  }

  /** Core 3.3.2.2.1: exactly the class that was asked for, where one was. */
  authnContext(): void {
    const expected = this.#expected.requestedAuthnContext
    if (expected === null) return
    const classes = this.#content.authnStatements.map((statement) => statement.authnContextClassRef)
    const failure = classes.every((name) => name === expected) ? null : 'AUTHN_CONTEXT_MISMATCH'
    const actual = classes.map((name) => name ?? 'none').join(', ')
    this.trace.add('authnContext', 'Authentication context', failure, expected, actual)
  }
}

/**
 * Holds a signed assertion against what this connection expects (SAML Profiles 4.1.4.3). All checks run, so that the
 * trace shows everything that is wrong at once.
 */
export function checkAssertion(
  content: AssertionContent,
  envelope: Envelope,
  expected: Expectations,
): { checks: SignInCheck[]; facts: CheckedFacts } | { checks: SignInCheck[]; reason: SignInFailureReason } {
  const checks = new AssertionChecks(content, envelope, expected)
  checks.version()
  checks.issuer()
  checks.destination()
  checks.conditions()
  checks.audience()
  const confirmation = checks.confirmation()
  const inResponseTo = checks.inResponseTo(confirmation)
  checks.issueInstants()
  const notOnOrAfter = checks.validity(confirmation)
  const { authnInstant, sessionNotOnOrAfter } = checks.authnStatements()
  checks.authnContext()
  const { reason, checks: trace } = checks.trace
  if (reason !== null) return { checks: trace, reason }
  if (notOnOrAfter === null || authnInstant === null) throw new Error('a time is missing although all checks passed')
  return { checks: trace, facts: { inResponseTo, authnInstant, sessionNotOnOrAfter, notOnOrAfter } }
}
