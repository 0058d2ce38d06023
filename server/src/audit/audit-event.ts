import { type LinkEventInput, summarizeLinkEvent } from './link-event.ts'
import { type RoleEventInput, summarizeRoleEvent } from './role-event.ts'
import { clockTime, counted } from './words.ts'

type SsoTestDetails = { connectionId: string; name: string; testId: string; attemptId: string; email?: string }
type DomainDetails = { domainId: string; name: string }
type SpKeyDetails = {
  connectionId: string
  name: string
  use: 'signing' | 'encryption'
  fingerprintSha256: string
}

/**
 * Every kind of recorded fact with its details, noun.verbed. Details hold ids and what changed; never a secret, never
 * a whole assertion.
 */
export type AuditEventInput =
  | { type: 'organization.created'; details: { name: string; slug: string } }
  | { type: 'signIn.succeeded'; details: { method: 'password' | 'sso'; email: string; attemptId?: string } }
  | {
      type: 'signIn.refused'
      details: { method: 'password' | 'sso'; reason: string; email?: string; attemptId?: string; connectionId?: string }
    }
  /** `others`: so many besides the one that asked; absent when that one alone ended. */
  | { type: 'session.ended'; details: { userId: string; others?: number } }
  | { type: 'session.endedByIdp'; details: { userId: string; email: string; connectionId: string; sessions: number } }
  | {
      type: 'logout.refused'
      details: { connectionId: string; reason: string; expected: string; actual: string; advice: string }
    }
  | { type: 'ssoConnection.created'; details: { connectionId: string; name: string } }
  | { type: 'ssoConnection.updated'; details: { connectionId: string; name: string; changed: string[] } }
  | { type: 'ssoConnection.roleMappingsChanged'; details: { connectionId: string; name: string; rules: string[] } }
  | { type: 'ssoConnection.enabled'; details: { connectionId: string; name: string } }
  | { type: 'ssoConnection.disabled'; details: { connectionId: string; name: string } }
  | { type: 'ssoConnection.verified'; details: { connectionId: string; name: string } }
  | { type: 'ssoConnection.deleted'; details: { connectionId: string; name: string } }
  | { type: 'ssoTest.started'; details: { connectionId: string; name: string; testId: string } }
  | { type: 'ssoTest.succeeded'; details: SsoTestDetails }
  | { type: 'ssoTest.refused'; details: SsoTestDetails & { reason: string } }
  | { type: 'spKey.created'; details: SpKeyDetails }
  | { type: 'spKey.deleted'; details: SpKeyDetails }
  | { type: 'ssoConnection.metadataFailed'; details: { connectionId: string; name: string; problem: string } }
  | { type: 'ssoConnection.metadataRecovered'; details: { connectionId: string; name: string } }
  | {
      type: 'ssoConnection.metadataChanged'
      details: {
        connectionId: string
        name: string
        stagedFingerprints: string[]
        vanishedFingerprints: string[]
        idpSsoUrl: string | null
      }
    }
  | {
      type: 'ssoConnection.certificatesTrusted'
      details: { connectionId: string; name: string; fingerprints: string[] }
    }
  | {
      type: 'ssoConnection.certificateExpiring'
      details: {
        connectionId: string
        name: string
        subject: string
        fingerprint: string
        notAfter: string
        daysBefore: number
      }
    }
  | { type: 'ssoEnforcement.enabled'; details: { trialEndsAt: string; endedSessions: number } }
  | { type: 'ssoEnforcement.confirmed'; details: { connectionId: string; name: string } }
  | { type: 'ssoEnforcement.trialRestarted'; details: { connectionId: string; name: string; trialEndsAt: string } }
  | { type: 'ssoEnforcement.reverted'; details: { trialEndedAt: string } }
  | { type: 'ssoEnforcement.disabled'; details: Record<string, never> }
  | { type: 'recoveryCodes.created'; details: { count: number } }
  | { type: 'recoveryCode.used'; details: { recoveryCodeId: string; email: string } }
  | { type: 'domain.added'; details: DomainDetails }
  | { type: 'domain.verified'; details: DomainDetails }
  | { type: 'domain.lost'; details: DomainDetails }
  | { type: 'domain.removed'; details: DomainDetails }
  | { type: 'user.emailChanged'; details: { userId: string; from: string; to: string } }
  | { type: 'ssoIdentity.linked'; details: { connectionId: string; userId: string; email: string } }
  | { type: 'membership.created'; details: { membershipId: string; email: string; role: string; joinMethod: string } }
  | RoleEventInput
  | { type: 'membership.suspended'; details: { membershipId: string; email: string } }
  | { type: 'membership.reinstated'; details: { membershipId: string; email: string } }
  | { type: 'membership.removed'; details: { membershipId: string; email: string; role: string } }
  | { type: 'membership.left'; details: { membershipId: string; email: string; role: string } }
  | { type: 'membership.sessionsEnded'; details: { membershipId: string; email: string; sessions: number } }
  | {
      type: 'organization.sessionPolicyChanged'
      details: { idleMinutes: number | null; lifetimeMinutes: number | null; endedSessions: number }
    }
  | { type: 'auditLog.exported'; details: { format: string } }
  | LinkEventInput
  | { type: 'accessToken.created'; details: { accessTokenId: string; name: string; role: string } }
  | { type: 'accessToken.takenOver'; details: { accessTokenId: string; name: string; from: string; to: string } }
  | { type: 'accessToken.revoked'; details: { accessTokenId: string; name: string } }

function summarizeMetadata(details: {
  name: string
  stagedFingerprints: string[]
  vanishedFingerprints: string[]
  idpSsoUrl: string | null
}): string {
  const { name, stagedFingerprints, vanishedFingerprints, idpSsoUrl } = details
  const news = [
    ...(stagedFingerprints.length > 0 ? [`announces ${counted(stagedFingerprints.length, 'new certificate')}`] : []),
    ...(vanishedFingerprints.length > 0
      ? [`no longer lists ${counted(vanishedFingerprints.length, 'certificate')}`]
      : []),
    ...(idpSsoUrl === null ? [] : [`names another Single Sign-On URL, ${idpSsoUrl}`]),
  ]
  return `The metadata of the SSO connection ${name} ${news.join(' and ')}. Nothing was changed by it.`
}

function summarizePolicy(details: {
  idleMinutes: number | null
  lifetimeMinutes: number | null
  endedSessions: number
}): string {
  const { idleMinutes, lifetimeMinutes, endedSessions } = details
  const time = (minutes: number | null) => (minutes === null ? 'the usual time' : counted(minutes, 'minute'))
  const ended = endedSessions === 0 ? '' : `, which ended ${counted(endedSessions, 'session')}`
  return `Let sessions last ${time(idleMinutes)} without use and ${time(lifetimeMinutes)} in all${ended}.`
}

/** The event in one sentence, for the audit log. The actor stands beside it, so the sentence has no subject. */
export function summarize(event: AuditEventInput): string {
  switch (event.type) {
    case 'organization.created':
      return `Created the organization ${event.details.name}.`
    case 'signIn.succeeded':
      return `Signed in ${event.details.method === 'sso' ? 'through single sign-on' : 'with a password'} as ${event.details.email}.`
    case 'signIn.refused':
      return `Sign-in ${event.details.method === 'sso' ? 'through single sign-on' : 'with a password'}${event.details.email ? ` as ${event.details.email}` : ''} was refused: ${event.details.reason}.`
    case 'session.ended':
      return event.details.others === undefined
        ? 'Signed out.'
        : `Ended ${counted(event.details.others, 'other session')} of their own.`
    case 'session.endedByIdp':
      return `Signed ${event.details.email} out through single logout${event.details.sessions > 1 ? `, in ${event.details.sessions} browsers` : ''}.`
    case 'logout.refused':
      return `A logout message was refused: ${event.details.reason}. Expected ${event.details.expected}; received ${event.details.actual}. ${event.details.advice}`
    case 'ssoConnection.created':
      return `Started the SSO connection ${event.details.name}.`
    case 'ssoConnection.updated':
      return `Changed the SSO connection ${event.details.name}: ${event.details.changed.join(', ')}.`
    case 'ssoConnection.roleMappingsChanged':
      return `Changed which roles the SSO connection ${event.details.name} gives: ${event.details.rules.join('; ') || 'none'}.`
    case 'ssoConnection.enabled':
      return `Enabled the SSO connection ${event.details.name}.`
    case 'ssoConnection.disabled':
      return `Disabled the SSO connection ${event.details.name}.`
    case 'ssoConnection.verified':
      return `The SSO connection ${event.details.name} was verified by its first successful sign-in.`
    case 'ssoConnection.deleted':
      return `Deleted the SSO connection ${event.details.name}.`
    case 'ssoTest.started':
      return `Started a test sign-in through the SSO connection ${event.details.name}.`
    case 'ssoTest.succeeded':
      return `A test sign-in through the SSO connection ${event.details.name}${event.details.email ? ` as ${event.details.email}` : ''} succeeded.`
    case 'ssoTest.refused':
      return `A test sign-in through the SSO connection ${event.details.name}${event.details.email ? ` as ${event.details.email}` : ''} was refused: ${event.details.reason}.`
    case 'spKey.created':
      return `Made the ${event.details.use} certificate ${event.details.fingerprintSha256.slice(0, 11)}… for the SSO connection ${event.details.name}.`
    case 'spKey.deleted':
      return `Deleted the ${event.details.use} certificate ${event.details.fingerprintSha256.slice(0, 11)}… of the SSO connection ${event.details.name}.`
    case 'ssoConnection.metadataFailed':
      return `The metadata of the SSO connection ${event.details.name} could not be read again: ${event.details.problem}`
    case 'ssoConnection.metadataRecovered':
      return `The metadata of the SSO connection ${event.details.name} could be read again.`
    case 'ssoConnection.metadataChanged':
      return summarizeMetadata(event.details)
    case 'ssoConnection.certificatesTrusted':
      return `Trusted ${counted(event.details.fingerprints.length, 'certificate')} that the metadata of the SSO connection ${event.details.name} announces.`
    case 'ssoConnection.certificateExpiring':
      return `A certificate of the SSO connection ${event.details.name} expires on ${event.details.notAfter.slice(0, 10)}: ${event.details.subject}.`
    case 'ssoEnforcement.enabled':
      return `Required single sign-on, on trial until ${clockTime(event.details.trialEndsAt)}. It ended ${counted(event.details.endedSessions, 'session')} by password.`
    case 'ssoEnforcement.confirmed':
      return `Confirmed by signing in through the SSO connection ${event.details.name} that single sign-on is required.`
    case 'ssoEnforcement.trialRestarted':
      return `Changed how sign-ins through the SSO connection ${event.details.name} work, so that requiring single sign-on is on trial again until ${clockTime(event.details.trialEndsAt)}.`
    case 'ssoEnforcement.reverted':
      return 'Single sign-on is no longer required: no owner signed in through it during the trial.'
    case 'ssoEnforcement.disabled':
      return 'Single sign-on is no longer required.'
    case 'recoveryCodes.created':
      return `Made ${counted(event.details.count, 'recovery code')}, in the place of unused ones.`
    case 'recoveryCode.used':
      return `Came in as ${event.details.email} by a recovery code.`
    case 'domain.added':
      return `Added the domain ${event.details.name}.`
    case 'domain.verified':
      return `The domain ${event.details.name} was proved.`
    case 'domain.lost':
      return `The domain ${event.details.name} is no longer proved: its TXT record has been gone for three days.`
    case 'domain.removed':
      return `Removed the domain ${event.details.name}.`
    case 'user.emailChanged':
      return `The e-mail address ${event.details.from} became ${event.details.to}, as the identity provider says.`
    case 'ssoIdentity.linked':
      return `Connected the user ${event.details.email} to the SSO connection.`
    case 'membership.created':
      return `${event.details.email} joined as ${event.details.role}.`
    case 'membership.roleChanged':
    case 'membership.roleTermsChanged':
    case 'membership.roleExpired':
    case 'role.created':
    case 'role.updated':
    case 'role.deleted':
      return summarizeRoleEvent(event)
    case 'membership.suspended':
      return `Suspended ${event.details.email}.`
    case 'membership.reinstated':
      return `Let ${event.details.email} in again.`
    case 'membership.sessionsEnded':
      return `Ended ${counted(event.details.sessions, 'session')} of ${event.details.email}.`
    case 'organization.sessionPolicyChanged':
      return summarizePolicy(event.details)
    case 'membership.removed':
      return `Removed ${event.details.email}, who was ${event.details.role}.`
    case 'membership.left':
      return `${event.details.email}, who was ${event.details.role}, left.`
    case 'auditLog.exported':
      return `Exported the audit log as ${event.details.format === 'csv' ? 'CSV' : 'JSON Lines'}.`
    case 'invitation.created':
    case 'invitation.resent':
    case 'invitation.revoked':
    case 'invitation.accepted':
    case 'setupLink.created':
    case 'setupLink.revoked':
      return summarizeLinkEvent(event)
    case 'accessToken.created':
      return `Created the access token ${event.details.name} with the role ${event.details.role}.`
    case 'accessToken.takenOver':
      return `Took over the access token ${event.details.name} from ${event.details.from}.`
    case 'accessToken.revoked':
      return `Revoked the access token ${event.details.name}.`
    default:
      return event satisfies never
  }
}
