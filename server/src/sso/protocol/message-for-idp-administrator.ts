import type { SignInCheck } from './sign-in-check.ts'
import { failureOf, isReason } from './sign-in-failure.ts'
import { type OurSide, whereToFix } from './where-to-fix.ts'

type RefusedAttempt = {
  id: string
  at: Date
  failureReason: string | null
  advice: string | null
  checks: readonly SignInCheck[]
}

const line = (label: string, value: string | null | undefined): string[] =>
  value == null || value === '' ? [] : [`${label}: ${value}`]

const ourLines = (ours: OurSide): string[] =>
  'clientId' in ours
    ? [
        ...line('Issuer', ours.issuer),
        ...line('Client ID', ours.clientId),
        ...line('Redirect URL (Sign-in redirect URI)', ours.redirectUri),
        ...line('SSO login URL (Initiate login URI)', ours.loginUrl),
      ]
    : [
        ...line('Entity ID (Identifier, Audience)', ours.spEntityId),
        ...line('Redirect URL (Reply URL, ACS URL, Recipient, Destination)', ours.acsUrl),
        ...line('SSO login URL (Sign on URL)', ours.loginUrl),
      ]

/**
 * A text to send to whoever runs the identity provider: what was expected, what came, where to change it, and our side
 * for comparison. Null when the sign-in succeeded, and when there is nothing that they could do.
 */
export function messageForIdpAdministrator(attempt: RefusedAttempt, ours: OurSide): string | null {
  const { id, at, failureReason, checks } = attempt
  if (failureReason === null || !isReason(failureReason)) return null
  const failure = failureOf(failureReason)
  const where = whereToFix(failureReason, checks, ours)
  if (where?.at !== 'IDP' && failure.fixedBy !== 'IDP_ADMINISTRATOR') return null
  const failed = checks.find(({ passed }) => !passed)
  return [
    'Hello,',
    '',
    `a sign-in through our ${'clientId' in ours ? 'OpenID Connect' : 'SAML'} application was refused on ${at.toISOString().replace('T', ' ').slice(0, 19)} UTC.`,
    '',
    ...line('What was checked', failed?.title),
    ...line('What we expect', failed?.expected),
    ...line('What came', failed?.actual),
    ...line('What to do', attempt.advice ?? failure.advice),
    ...line('Where', where?.place),
    ...line('The exact value', where?.value),
    '',
    'Our side of the connection, for comparison:',
    ...ourLines(ours),
    '',
    `Reference: ${id} (${failureReason})`,
    '',
  ].join('\n')
}
