import { guessIdentityProvider, idpNames, type KnownIdp } from './guess-identity-provider.ts'
import { type ConsolePlace, idpConsolePlaces } from './idp-console-places.ts'
import type { samlFailures } from './saml-failures.ts'
import type { SignInCheck } from './sign-in-check.ts'

/** `value` is the exact one of ours that belongs there. */
export type Place = { at: 'IDP' | 'GATEHOUSE'; place: string; value: string | null }

type Reason = keyof typeof samlFailures

/** What of a connection is told to its identity provider's administrator; nothing of it is secret. */
export type SamlSide = {
  spEntityId: string
  acsUrl: string
  loginUrl: string
  idpSsoUrl: string | null
  idpEntityId: string | null
}

export const connectionPage = 'Settings → Single Sign-On (SSO) → the connection'

/** A setting at the identity provider; a place in Gatehouse; null where there is nothing to set. */
const places: Record<Reason, ConsolePlace | { here: string } | null> = {
  // There is no connection to look at.
  CONNECTION_NOT_FOUND: null,
  CONNECTION_DISABLED: { here: `${connectionPage} → Enable` },
  CONNECTION_INCOMPLETE: { here: `${connectionPage} → Edit` },
  RESPONSE_MISSING: 'acsUrl',
  RESPONSE_TOO_LARGE: 'groups',
  // Fixed by the software that makes responses, and by no setting of it.
  RESPONSE_MALFORMED: null,
  RESPONSE_NOT_ALLOWED: null,
  VERSION_UNSUPPORTED: null,
  STATUS_NOT_SUCCESS: 'assignment',
  ASSERTION_COUNT: null,
  ASSERTION_ENCRYPTED: 'encryption',
  ENCRYPTION_NOT_ALLOWED: 'encryptionMethod',
  DECRYPTION_FAILED: 'encryptionCertificate',
  SIGNATURE_MISSING: 'signing',
  ALGORITHM_NOT_ALLOWED: 'algorithm',
  SIGNATURE_INVALID: 'certificate',
  ISSUER_MISMATCH: 'issuer',
  DESTINATION_MISMATCH: 'acsUrl',
  AUDIENCE_MISSING: 'entityId',
  AUDIENCE_MISMATCH: 'entityId',
  SUBJECT_CONFIRMATION_MISSING: null,
  RECIPIENT_MISMATCH: 'acsUrl',
  CONDITIONS_MISSING: null,
  CONDITION_UNKNOWN: null,
  // Clocks, which no console sets.
  NOT_YET_VALID: null,
  EXPIRED: null,
  LIFETIME_INVALID: null,
  AUTHN_STATEMENT_MISSING: null,
  AUTHN_CONTEXT_MISMATCH: { here: `${connectionPage} → Edit → Sign-in and encryption → Authentication context` },
  AUTHN_TOO_OLD: 'forceAuthn',
  IN_RESPONSE_TO_MISMATCH: null,
  IDP_INITIATED_NOT_ALLOWED: 'signOnUrl',
  // Trying again helps, or nothing does.
  REQUEST_UNKNOWN: null,
  REQUEST_EXPIRED: null,
  REQUEST_USED: null,
  REQUEST_FROM_OTHER_BROWSER: null,
  COMPLETION_EXPIRED: null,
  SIGN_IN_CANCELLED: null,
  ASSERTION_REPLAYED: null,
  NAME_ID_MISSING: 'nameId',
  SUBJECT_INVALID: 'nameId',
  ATTRIBUTE_AMBIGUOUS: 'email',
  ATTRIBUTE_MISSING: { here: `${connectionPage} → Edit → Attributes` },
  EMAIL_MISSING: 'email',
  EMAIL_INVALID: 'email',
  // The member proves that the account is theirs, or signs in again.
  ACCOUNT_EXISTS: null,
  EMAIL_DOMAIN_TAKEN: 'email',
  SESSION_ENDED_BY_IDP: null,
  MEMBER_SUSPENDED: { here: 'Members → the member → Let in again' },
  TEST_OUTDATED: { here: `${connectionPage} → Test sign-in` },
  RATE_LIMITED: null,
  INTERNAL_ERROR: null,
}

/** Entra's own refusals, by the code in its words. */
const entraPlaces: Record<string, ConsolePlace> = {
  '700016': 'entityId',
  '650056': 'entityId',
  '65005': 'entityId',
  '50011': 'acsUrl',
  '900971': 'acsUrl',
  '50003': 'certificate',
  '50146': 'certificate',
  '501241': 'nameId',
  '50105': 'assignment',
}

/** An attribute that came twice is the subject's or the e-mail address's: the check that failed tells. */
const ofTheFailedCheck = (place: ConsolePlace, reason: Reason, checks: readonly SignInCheck[]) =>
  reason === 'ATTRIBUTE_AMBIGUOUS' && checks.some(({ name, passed }) => name === 'subject' && !passed)
    ? 'nameId'
    : place

/** The setting, and whose console it is in: a code of Entra's tells that even when the addresses do not. */
function placeAtIdp(
  place: ConsolePlace,
  reason: Reason,
  checks: readonly SignInCheck[],
  ours: SamlSide,
): { place: ConsolePlace | null; idp: KnownIdp } {
  const guessed = { place: ofTheFailedCheck(place, reason, checks), idp: guessIdentityProvider(ours) }
  if (reason !== 'STATUS_NOT_SUCCESS') return guessed
  const words = checks.find(({ name }) => name === 'status')?.actual ?? ''
  const code = /AADSTS(\d{5,8})/.exec(words)?.[1]
  return code === undefined ? guessed : { place: entraPlaces[code] ?? null, idp: 'ENTRA' }
}

const valueFor = (place: ConsolePlace, { spEntityId, acsUrl, loginUrl }: SamlSide): string | null =>
  ({ entityId: spEntityId, acsUrl, signOnUrl: loginUrl })[place as string] ?? null

/**
 * Where a refused sign-in is mended: at the identity provider, with the exact value that belongs there where it is one
 * of ours; or here. Null where nothing is to be set.
 */
export function whereToFixSaml(reason: Reason, checks: readonly SignInCheck[], ours: SamlSide): Place | null {
  const usual = places[reason]
  if (usual === null) return null
  if (typeof usual === 'object') return { at: 'GATEHOUSE', place: usual.here, value: null }
  const { place, idp } = placeAtIdp(usual, reason, checks, ours)
  if (place === null) return null
  const intro = idp === 'OTHER' ? 'At the identity provider: ' : `${idpNames[idp]}: `
  return { at: 'IDP', place: `${intro}${idpConsolePlaces[idp][place]}`, value: valueFor(place, ours) }
}
