import type { UpdateSamlConnectionInput } from '../../graphql/generated/graphql.ts'
import { joinCertificates } from './certificate-text.ts'

/** What stands in the fields of the SAML form. */
export type SamlFormValues = {
  idpSsoUrl: string
  spEntityId: string
  certificate: string
  idpEntityId: string
  name: string
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
  'idpSloUrl',
  'idpSloResponseUrl',
]

type Connection = {
  name: string
  idpSsoUrl: string | null
  spEntityId: string
  idpEntityId: string | null
  idpCertificates: readonly { pem: string }[]
  idpSloUrl: string | null
  idpSloResponseUrl: string | null
}

export const valuesOf = (connection: Connection): SamlFormValues => ({
  idpSsoUrl: connection.idpSsoUrl ?? '',
  spEntityId: connection.spEntityId,
  certificate: joinCertificates(connection.idpCertificates.map(({ pem }) => pem)),
  idpEntityId: connection.idpEntityId ?? '',
  name: connection.name,
  idpSloUrl: connection.idpSloUrl ?? '',
  idpSloResponseUrl: connection.idpSloResponseUrl ?? '',
})

/** The fields in which `after` says something else than `before`. */
export const changedFields = (before: SamlFormValues, after: SamlFormValues): SamlField[] =>
  samlFields.filter((field) => before[field].trim() !== after[field].trim())

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
