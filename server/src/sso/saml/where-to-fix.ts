import { guessIdentityProvider, idpNames, type KnownIdp } from './guess-identity-provider.ts'
import { type ConsolePlace, idpConsolePlaces } from './idp-console-places.ts'
import type { SignInFailureReason } from './saml-failure.ts'
import type { SignInCheck } from './sign-in-check.ts'

/** What of a connection is told to its identity provider's administrator; nothing of it is secret. */
export type OurSide = {
  spEntityId: string
  acsUrl: string
  loginUrl: string
  idpSsoUrl: string | null
  idpEntityId: string | null
}

const placesAtIdp: Partial<Record<SignInFailureReason, ConsolePlace>> = {
  RESPONSE_MISSING: 'acsUrl',
  RESPONSE_TOO_LARGE: 'groups',
  STATUS_NOT_SUCCESS: 'assignment',
  ASSERTION_ENCRYPTED: 'encryption',
  SIGNATURE_MISSING: 'signing',
  ALGORITHM_NOT_ALLOWED: 'algorithm',
  SIGNATURE_INVALID: 'certificate',
  ISSUER_MISMATCH: 'issuer',
  DESTINATION_MISMATCH: 'acsUrl',
  RECIPIENT_MISMATCH: 'acsUrl',
  AUDIENCE_MISSING: 'entityId',
  AUDIENCE_MISMATCH: 'entityId',
  IDP_INITIATED_NOT_ALLOWED: 'signOnUrl',
  NAME_ID_MISSING: 'nameId',
  SUBJECT_INVALID: 'nameId',
  EMAIL_MISSING: 'email',
  EMAIL_INVALID: 'email',
}

/** Where in Gatehouse, for what is not the identity provider's. */
const placesHere: Partial<Record<SignInFailureReason, string>> = {
  CONNECTION_DISABLED: 'Settings → Single Sign-On (SSO) → the connection → Enable',
  CONNECTION_INCOMPLETE: 'Settings → Single Sign-On (SSO) → the connection → Edit',
  ATTRIBUTE_MISSING: 'Settings → Single Sign-On (SSO) → the connection → Edit → Attribute mapping',
  MEMBER_SUSPENDED: 'Members → the member → Let in again',
  TEST_OUTDATED: 'Settings → Single Sign-On (SSO) → the connection → Test sign-in',
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

/** The setting, and whose console it is in: a code of Entra's tells that even when the addresses do not. */
function placeAtIdp(
  reason: SignInFailureReason,
  checks: readonly SignInCheck[],
  ours: OurSide,
): { place: ConsolePlace | null; idp: KnownIdp } {
  const guessed = { place: placesAtIdp[reason] ?? null, idp: guessIdentityProvider(ours) }
  if (reason !== 'STATUS_NOT_SUCCESS') return guessed
  const words = checks.find(({ name }) => name === 'status')?.actual ?? ''
  const code = /AADSTS(\d{5,8})/.exec(words)?.[1]
  return code === undefined ? guessed : { place: entraPlaces[code] ?? null, idp: 'ENTRA' }
}

const valueFor = (place: ConsolePlace, { spEntityId, acsUrl, loginUrl }: OurSide): string | null =>
  ({ entityId: spEntityId, acsUrl, signOnUrl: loginUrl })[place as string] ?? null

/**
 * Where a refused sign-in is mended: at the identity provider, with the exact value that belongs there where it is one
 * of ours; or here. Null where nothing is to be set.
 */
export function whereToFix(
  reason: SignInFailureReason,
  checks: readonly SignInCheck[],
  ours: OurSide,
): { at: 'IDP' | 'GATEHOUSE'; place: string; value: string | null } | null {
  const here = placesHere[reason]
  if (here !== undefined) return { at: 'GATEHOUSE', place: here, value: null }
  const { place, idp } = placeAtIdp(reason, checks, ours)
  if (place === null) return null
  const intro = idp === 'OTHER' ? 'At the identity provider: ' : `${idpNames[idp]}: `
  return { at: 'IDP', place: `${intro}${idpConsolePlaces[idp][place]}`, value: valueFor(place, ours) }
}
