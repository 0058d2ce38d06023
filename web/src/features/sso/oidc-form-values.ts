import { samlFieldLabels } from './saml-form-values.ts'
import type { ChangedField } from './who-changed.ts'

/** What stands in the fields of the form for OpenID Connect. */
export type OidcFormValues = {
  /** The Okta Domain, or the issuer. */
  provider: string
  clientId: string
  /** Empty: the one that is saved stays. */
  clientSecret: string
  name: string
  /** Names of claims; empty: the usual ones. */
  subjectAttribute: string
  emailAttribute: string
  nameAttribute: string
}

export type OidcField = keyof OidcFormValues

/** In the order in which they stand in the form. */
export const oidcFields: readonly OidcField[] = [
  'provider',
  'clientId',
  'clientSecret',
  'name',
  'subjectAttribute',
  'emailAttribute',
  'nameAttribute',
]

/** Where the API says that something is wrong with a field. */
export const oidcInputPaths: Record<OidcField, readonly string[]> = {
  provider: ['input.oktaDomain', 'input.issuer'],
  clientId: ['input.clientId'],
  clientSecret: ['input.clientSecret'],
  name: ['input.name'],
  subjectAttribute: ['input.attributeMapping.subject'],
  emailAttribute: ['input.attributeMapping.email'],
  nameAttribute: ['input.attributeMapping.name'],
}

/** The labels of the fields, of either kind of connection. */
export const oidcFieldLabels = (kind: 'OktaConnection' | 'OidcConnection'): Record<OidcField, string> => ({
  provider: kind === 'OktaConnection' ? 'Okta Domain' : 'Issuer',
  clientId: 'Client ID',
  clientSecret: 'Client Secret',
  name: 'Name',
  subjectAttribute: samlFieldLabels.subjectAttribute,
  emailAttribute: samlFieldLabels.emailAttribute,
  nameAttribute: samlFieldLabels.nameAttribute,
})

/** The fields in which `after` says something else than `before`. */
export const changedOidcFields = (before: OidcFormValues, after: OidcFormValues): OidcField[] =>
  oidcFields.filter((field) => before[field].trim() !== after[field].trim())

/** What somebody else changed, for people; a secret is never shown. */
export const describeOidcChanges = (
  labels: Record<OidcField, string>,
  before: OidcFormValues,
  theirs: OidcFormValues,
): ChangedField[] =>
  changedOidcFields(before, theirs).map((field) => ({ label: labels[field], now: theirs[field] || 'empty' }))

/** Only what was changed is sent: a field that nobody touched cannot overwrite somebody else's change. */
export function changedOidcInput(before: OidcFormValues, after: OidcFormValues) {
  const changed = new Set(changedOidcFields(before, after))
  const { subjectAttribute: subject, emailAttribute: email, nameAttribute: name } = after
  const mapped = (['subjectAttribute', 'emailAttribute', 'nameAttribute'] as const).some((field) => changed.has(field))
  return {
    ...(changed.has('provider') && { provider: after.provider }),
    ...(changed.has('clientId') && { clientId: after.clientId }),
    ...(changed.has('clientSecret') && { clientSecret: after.clientSecret }),
    ...(changed.has('name') && { name: after.name }),
    ...(mapped && { attributeMapping: { subject, email, name } }),
  }
}

export type OidcChanges = ReturnType<typeof changedOidcInput>

/** What I typed, on top of what somebody else saved meanwhile: their values stay where I changed nothing. */
export function rebaseOidc(before: OidcFormValues, mine: OidcFormValues, theirs: OidcFormValues): OidcFormValues {
  const kept = changedOidcFields(before, mine).map((field) => [field, mine[field]] as const)
  return { ...theirs, ...Object.fromEntries(kept) }
}
