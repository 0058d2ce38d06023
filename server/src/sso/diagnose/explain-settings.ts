import { parseCertificates } from '../saml/certificate.ts'
import { readIdpMetadata } from '../saml/idp-metadata.ts'
import { trustedCertificates, viewCertificate } from '../saml-connection-view.ts'
import { type Diagnosis, diagnosis, type Looking } from './diagnosis.ts'

const fingerprints = (looking: Looking): Set<string> =>
  new Set(
    looking === null ? [] : trustedCertificates(looking.connection).map(({ fingerprintSha256 }) => fingerprintSha256),
  )

/** A private key is not named, measured or shown: not even its kind. */
export const explainPrivateKey = (): Diagnosis =>
  diagnosis(
    'PRIVATE_KEY',
    'A private key',
    'This is a private key. It belongs to its owner alone and must stay where it is. Nothing of it was kept.',
    [
      'What is needed is the certificate: it starts with -----BEGIN CERTIFICATE-----.',
      'If the key was sent around to get here, have its owner make a new one.',
    ],
  )

export function explainCertificate(text: string, looking: Looking, now: Date): Diagnosis {
  const parsed = parseCertificates(text)
  if ('problem' in parsed) {
    return diagnosis('CERTIFICATE', 'No certificate that can be used', parsed.problem.message, [
      'Download the signing certificate from the identity provider again; in Microsoft Entra: Certificate (Base64).',
    ])
  }
  const { certificates } = parsed
  const known = fingerprints(looking)
  const all = certificates.every(({ fingerprintSha256 }) => known.has(fingerprintSha256))
  const what = certificates.length === 1 ? 'A certificate' : `${certificates.length} certificates`
  const shown = { certificates: certificates.map((certificate) => viewCertificate(certificate, now)) }
  if (looking !== null && all) {
    return diagnosis('CERTIFICATE', what, 'The connection trusts it already.', ['Nothing is to be done.'], shown)
  }
  return diagnosis(
    'CERTIFICATE',
    what,
    'The connection does not trust it yet. Signatures are verified with the certificates of the connection alone.',
    [
      'Compare its SHA-256 fingerprint with the one that the identity provider shows.',
      'If it is the identity provider’s signing certificate, add it under Edit → Certificate, and keep the old one while both are in use.',
    ],
    shown,
  )
}

export function explainMetadata(xml: string, looking: Looking, now: Date): Diagnosis {
  const read = readIdpMetadata(xml, now)
  if (!read.ok) return read.reason === 'SP_METADATA' ? explainOurMetadata(xml, looking) : unusable(read.message)
  const connection = looking?.connection
  const known = fingerprints(looking)
  const isNew = read.certificates.some(({ fingerprintSha256 }) => !known.has(fingerprintSha256))
  const differences = [
    ...(connection?.idpSsoUrl === read.idpSsoUrl ? [] : [`Single Sign-On URL: ${read.idpSsoUrl}`]),
    ...(connection?.idpEntityId === read.idpEntityId ? [] : [`the identity provider’s Entity ID: ${read.idpEntityId}`]),
    ...(isNew ? ['Certificate: one that the connection does not trust yet'] : []),
  ]
  const whatToDo =
    differences.length === 0
      ? ['It says what the connection has already. Nothing is to be done.']
      : [
          `What differs from the connection: ${differences.join('; ')}.`,
          'If it is your identity provider’s, use it under Edit → Metadata file.',
        ]
  return diagnosis(
    'IDP_METADATA',
    'Metadata of an identity provider',
    'It says where people sign in, how the identity provider is called, and which keys it signs with.',
    [...whatToDo, ...read.warnings],
    { certificates: read.certificates.map((certificate) => viewCertificate(certificate, now)) },
  )
}

const unusable = (message: string): Diagnosis =>
  diagnosis('IDP_METADATA', 'Metadata that cannot be used', message, [
    'Download the metadata of your application from the identity provider again; in Microsoft Entra: Federation Metadata XML.',
  ])

function explainOurMetadata(xml: string, looking: Looking): Diagnosis {
  const entityId = /\bentityID\s*=\s*["']([^"']*)["']/.exec(xml)?.[1]
  const isOurs = looking !== null && entityId === looking.connection.spEntityId && xml.includes(looking.urls.acsUrl)
  return diagnosis(
    'SP_METADATA',
    isOurs ? 'Our own metadata' : 'Metadata of an application',
    isOurs
      ? 'It is what the identity provider needs to know of this connection.'
      : 'It describes a service provider: another application, or another connection than this one.',
    isOurs
      ? ['Upload it at the identity provider; in Microsoft Entra: Single sign-on → Upload metadata file.']
      : ['What is needed here is the metadata of the identity provider; in Microsoft Entra: Federation Metadata XML.'],
  )
}
