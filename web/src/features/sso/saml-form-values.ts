import type { UpdateSamlConnectionInput } from '../../graphql/generated/graphql.ts'
import { joinCertificates } from './certificate-text.ts'
import type { ChangedField } from './who-changed.ts'

/** What stands in the fields of the SAML form. */
export type SamlFormValues = {
  idpSsoUrl: string
  spEntityId: string
  certificate: string
  idpEntityId: string
  name: string
  /** Names of attributes; empty: the usual names. */
  subjectAttribute: string
  emailAttribute: string
  nameAttribute: string
  allowIdpInitiated: boolean
  signAuthnRequests: boolean
  forceAuthn: boolean
  /** A URI; empty: none is asked for. */
  requestedAuthnContext: string
  allowCbcEncryption: boolean
  idpSloUrl: string
  idpSloResponseUrl: string
}

export type SamlField = keyof SamlFormValues

/** What metadata can tell; about logout not all of it does. */
export type MetadataValues = Pick<SamlFormValues, 'idpSsoUrl' | 'certificate' | 'idpEntityId'> &
  Partial<Pick<SamlFormValues, 'idpSloUrl' | 'idpSloResponseUrl'>>

export const samlFieldLabels: Record<SamlField, string> = {
  idpSsoUrl: 'Single Sign-On URL',
  spEntityId: 'Entity ID',
  certificate: 'Certificate',
  idpEntityId: 'Identity provider’s Entity ID (issuer)',
  name: 'Name',
  subjectAttribute: 'Subject',
  emailAttribute: 'E-mail address',
  nameAttribute: 'Full name',
  allowIdpInitiated: 'Let sign-ins start at the identity provider',
  signAuthnRequests: 'Sign our requests',
  forceAuthn: 'Ask for authentication at every sign-in',
  requestedAuthnContext: 'Authentication context',
  allowCbcEncryption: 'Accept encryption with AES-CBC',
  idpSloUrl: 'Identity provider’s logout URL',
  idpSloResponseUrl: 'Identity provider’s logout response URL',
}

/** In the order in which they stand in the form. */
export const samlFields: readonly SamlField[] = [
  'idpSsoUrl',
  'spEntityId',
  'certificate',
  'idpEntityId',
  'name',
  'subjectAttribute',
  'emailAttribute',
  'nameAttribute',
  'allowIdpInitiated',
  'signAuthnRequests',
  'forceAuthn',
  'requestedAuthnContext',
  'allowCbcEncryption',
  'idpSloUrl',
  'idpSloResponseUrl',
]

/** Where the API says that something is wrong with a field. */
export const inputPaths: Record<SamlField, string> = {
  idpSsoUrl: 'input.idpSsoUrl',
  spEntityId: 'input.spEntityId',
  certificate: 'input.idpCertificates',
  idpEntityId: 'input.idpEntityId',
  name: 'input.name',
  subjectAttribute: 'input.attributeMapping.subject',
  emailAttribute: 'input.attributeMapping.email',
  nameAttribute: 'input.attributeMapping.name',
  allowIdpInitiated: 'input.allowIdpInitiated',
  signAuthnRequests: 'input.signAuthnRequests',
  forceAuthn: 'input.forceAuthn',
  requestedAuthnContext: 'input.requestedAuthnContext',
  allowCbcEncryption: 'input.allowCbcEncryption',
  idpSloUrl: 'input.idpSloUrl',
  idpSloResponseUrl: 'input.idpSloResponseUrl',
}

type Connection = {
  name: string
  idpSsoUrl: string | null
  spEntityId: string
  idpEntityId: string | null
  idpCertificates: readonly { pem: string }[]
  attributeMapping: { subject: string | null; email: string | null; name: string | null }
  allowIdpInitiated: boolean
  signAuthnRequests: boolean
  forceAuthn: boolean
  requestedAuthnContext: string | null
  allowCbcEncryption: boolean
  idpSloUrl: string | null
  idpSloResponseUrl: string | null
}

export const valuesOf = (connection: Connection): SamlFormValues => ({
  idpSsoUrl: connection.idpSsoUrl ?? '',
  spEntityId: connection.spEntityId,
  certificate: joinCertificates(connection.idpCertificates.map(({ pem }) => pem)),
  idpEntityId: connection.idpEntityId ?? '',
  name: connection.name,
  subjectAttribute: connection.attributeMapping.subject ?? '',
  emailAttribute: connection.attributeMapping.email ?? '',
  nameAttribute: connection.attributeMapping.name ?? '',
  allowIdpInitiated: connection.allowIdpInitiated,
  signAuthnRequests: connection.signAuthnRequests,
  forceAuthn: connection.forceAuthn,
  requestedAuthnContext: connection.requestedAuthnContext ?? '',
  allowCbcEncryption: connection.allowCbcEncryption,
  idpSloUrl: connection.idpSloUrl ?? '',
  idpSloResponseUrl: connection.idpSloResponseUrl ?? '',
})

const plain = (value: string | boolean): string => (typeof value === 'string' ? value.trim() : value ? 'on' : '')

/** What stands in a field, for people. */
export const describeValue = (values: SamlFormValues, field: SamlField): string =>
  plain(values[field]) || (typeof values[field] === 'string' ? 'empty' : 'off')

/** The fields in which `after` says something else than `before`. */
export const changedFields = (before: SamlFormValues, after: SamlFormValues): SamlField[] =>
  samlFields.filter((field) => plain(before[field]) !== plain(after[field]))

/** What somebody else changed, for people. */
export const describeChanges = (before: SamlFormValues, theirs: SamlFormValues): ChangedField[] =>
  changedFields(before, theirs).map((field) => ({
    label: samlFieldLabels[field],
    now: field === 'certificate' ? null : describeValue(theirs, field),
  }))

/** What is sent as one. */
const mappingFields = ['subjectAttribute', 'emailAttribute', 'nameAttribute'] as const

/** Only what was changed is sent: a field that nobody touched cannot overwrite somebody else's change. */
export function changedInput(
  before: SamlFormValues,
  after: SamlFormValues,
): Omit<UpdateSamlConnectionInput, 'connectionId' | 'expectedRevision'> {
  const changed = new Set(changedFields(before, after))
  return {
    ...(changed.has('idpSsoUrl') && { idpSsoUrl: after.idpSsoUrl }),
    ...(changed.has('spEntityId') && { spEntityId: after.spEntityId }),
    ...(changed.has('certificate') && { idpCertificates: after.certificate.trim() === '' ? [] : [after.certificate] }),
    ...(changed.has('idpEntityId') && { idpEntityId: after.idpEntityId }),
    ...(changed.has('name') && { name: after.name }),
    ...(mappingFields.some((field) => changed.has(field)) && {
      attributeMapping: { subject: after.subjectAttribute, email: after.emailAttribute, name: after.nameAttribute },
    }),
    ...(changed.has('allowIdpInitiated') && { allowIdpInitiated: after.allowIdpInitiated }),
    ...(changed.has('signAuthnRequests') && { signAuthnRequests: after.signAuthnRequests }),
    ...(changed.has('forceAuthn') && { forceAuthn: after.forceAuthn }),
    ...(changed.has('requestedAuthnContext') && { requestedAuthnContext: after.requestedAuthnContext }),
    ...(changed.has('allowCbcEncryption') && { allowCbcEncryption: after.allowCbcEncryption }),
    ...(changed.has('idpSloUrl') && { idpSloUrl: after.idpSloUrl }),
    ...(changed.has('idpSloResponseUrl') && { idpSloResponseUrl: after.idpSloResponseUrl }),
  }
}

/** Where metadata came from, with what became of it in the form: what stands there counts, not what is fetched again. */
export const metadataInput = (values: SamlFormValues, idpMetadataUrl: string) => ({
  idpMetadataUrl,
  idpSsoUrl: values.idpSsoUrl,
  idpEntityId: values.idpEntityId,
  idpCertificates: [values.certificate],
  idpSloUrl: values.idpSloUrl,
  idpSloResponseUrl: values.idpSloResponseUrl,
})

/** What I typed, on top of what somebody else saved meanwhile: their values stay where I changed nothing. */
export function rebase(before: SamlFormValues, mine: SamlFormValues, theirs: SamlFormValues): SamlFormValues {
  const kept = changedFields(before, mine).map((field) => [field, mine[field]] as const)
  return { ...theirs, ...Object.fromEntries(kept) }
}
