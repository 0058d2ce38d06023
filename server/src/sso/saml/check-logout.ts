import { longestValidity, oldestMessage, parseInstant } from './check-assertion.ts'
import { type LogoutProblem, logoutProblem } from './logout-failure.ts'
import { nameIdFormat } from './names.ts'
import type { LogoutMessage } from './read-logout.ts'

/** What a connection expects of a logout message. */
export type LogoutExpectations = {
  /** Must be known: without it nobody in particular could end sessions. */
  idpEntityId: string
  /** Our single logout service: the Destination. */
  sloUrl: string
  clockSkewSeconds: number
  now: Date
}

/** The identity provider's name; for Entra also the other name of the same tenant, which its LogoutResponses bear. */
export function acceptedIssuers(idpEntityId: string): string[] {
  const [, tenant] = /^https:\/\/sts\.windows\.net\/([0-9a-f-]{36})\/$/.exec(idpEntityId) ?? []
  return tenant === undefined ? [idpEntityId] : [idpEntityId, `https://login.microsoftonline.com/${tenant}/`]
}

/** Core 2.2.5. */
function checkIssuer({ issuer }: LogoutMessage, { idpEntityId }: LogoutExpectations): LogoutProblem | null {
  const accepted = acceptedIssuers(idpEntityId)
  const right =
    issuer !== null &&
    accepted.includes(issuer.value) &&
    (issuer.format === null || issuer.format === nameIdFormat.entity)
  return right ? null : logoutProblem('ISSUER_MISMATCH', accepted.join(' or '), issuer?.value || 'none')
}

/** Bindings 3.4.5.2 and 3.5.5.2: a signed message says where it is meant to arrive. */
function checkDestination({ destination }: LogoutMessage, { sloUrl }: LogoutExpectations): LogoutProblem | null {
  return destination === sloUrl ? null : logoutProblem('DESTINATION_MISMATCH', sloUrl, destination ?? 'none')
}

/** Core 3.2.1 and 3.7.1: made just now, and not past its end where it has one. */
function checkTimes(message: LogoutMessage, { now, clockSkewSeconds }: LogoutExpectations): LogoutProblem | null {
  const skew = clockSkewSeconds * 1000
  const at = parseInstant(message.issueInstant)
  const latest = new Date(now.getTime() + skew)
  const oldest = new Date(now.getTime() - oldestMessage - skew)
  const between = `between ${oldest.toISOString()} and ${latest.toISOString()}`
  if (at === null) return logoutProblem('LIFETIME_INVALID', between, message.issueInstant || 'none')
  if (at > latest) return logoutProblem('NOT_YET_VALID', between, message.issueInstant)
  if (at < oldest) return logoutProblem('EXPIRED', between, message.issueInstant)
  const text = message.kind === 'request' ? message.notOnOrAfter : null
  if (text === null) return null
  const end = parseInstant(text)
  const earliest = new Date(now.getTime() - skew)
  const expected = `after ${earliest.toISOString()}, within 24 hours`
  if (end === null || end.getTime() > latest.getTime() + longestValidity) {
    return logoutProblem('LIFETIME_INVALID', expected, text)
  }
  return end <= earliest ? logoutProblem('EXPIRED', expected, text) : null
}

function checkNameId(message: LogoutMessage): LogoutProblem | null {
  if (message.kind === 'response' || (message.nameId?.value ?? '').trim() !== '') return null
  return logoutProblem('NAME_ID_MISSING', 'the NameID of a person', 'none')
}

/** Holds a signed logout message against what the connection expects. @returns the first thing that is wrong. */
export function checkLogout(message: LogoutMessage, expected: LogoutExpectations): LogoutProblem | null {
  if (message.version !== '2.0') return logoutProblem('VERSION_UNSUPPORTED', '2.0', message.version)
  return (
    checkIssuer(message, expected) ??
    checkDestination(message, expected) ??
    checkTimes(message, expected) ??
    checkNameId(message)
  )
}

/** When the same message would be refused as too old: until then it must be remembered, so that it counts once. */
export const forgettableAfter = (expected: LogoutExpectations): Date =>
  new Date(expected.now.getTime() + oldestMessage + 2 * expected.clockSkewSeconds * 1000)
