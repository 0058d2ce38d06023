import { shorten } from '../protocol/sign-in-check.ts'
import { parseCertificates } from '../saml/certificate.ts'
import type { IdpMetadata } from '../saml/idp-metadata.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'
import type { MetadataRefreshRow } from './metadata-refresh.store.ts'

/** What metadata says that the connection does not, and was not known to say before. */
export type MetadataNews = { stagedFingerprints: string[]; vanishedFingerprints: string[]; idpSsoUrl: string | null }

type Trusted = Pick<SamlConnectionRow, 'idpCertificates'>

/** A metadata document lists a handful; what is beyond is of no use to anybody. */
const mostStaged = 10

export function fingerprintOf(pem: string): string {
  const parsed = parseCertificates(pem)
  const [certificate] = 'certificates' in parsed ? parsed.certificates : []
  if (certificate === undefined) throw new Error('a stored certificate cannot be read')
  return certificate.fingerprintSha256
}

export const trustedFingerprints = ({ idpCertificates }: Trusted): Set<string> =>
  new Set(idpCertificates.map(fingerprintOf))

/** Announced and not trusted: somebody has to confirm them. */
export function stagedOf(connection: Trusted, row: MetadataRefreshRow): MetadataRefreshRow['stagedCertificates'] {
  const trusted = trustedFingerprints(connection)
  return row.stagedCertificates.filter(({ pem }) => !trusted.has(fingerprintOf(pem)))
}

/** Trusted and not announced: kept until somebody removes them, because sign-ins may still be signed with them. */
export function vanishedOf(connection: Trusted, { announcedFingerprints }: MetadataRefreshRow): string[] {
  if (announcedFingerprints === null) return []
  return [...trustedFingerprints(connection)].filter((fingerprint) => !announcedFingerprints.includes(fingerprint))
}

/** The row after a reading of the metadata, and what of it is news. It changes nothing that the connection trusts. */
export function compareMetadata(
  connection: SamlConnectionRow,
  before: MetadataRefreshRow,
  metadata: IdpMetadata,
  now: Date,
): { after: MetadataRefreshRow; news: MetadataNews } {
  const trusted = trustedFingerprints(connection)
  const seen = new Map(before.stagedCertificates.map(({ pem, seenAt }) => [fingerprintOf(pem), seenAt]))
  // As long as one that a connection may have: a longer one is none that could be taken over.
  const announcedSsoUrl = shorten(metadata.idpSsoUrl, 2000)
  const staged = metadata.certificates.filter(({ fingerprintSha256 }) => !trusted.has(fingerprintSha256))
  const after: MetadataRefreshRow = {
    ...before,
    stagedCertificates: staged.slice(0, mostStaged).map(({ pem, fingerprintSha256 }) => ({
      pem,
      seenAt: seen.get(fingerprintSha256) ?? now.toISOString(),
    })),
    announcedFingerprints: metadata.certificates.map(({ fingerprintSha256 }) => fingerprintSha256),
    announcedSsoUrl,
  }
  const known = vanishedOf(connection, before)
  const news = {
    stagedFingerprints: after.stagedCertificates.map(({ pem }) => fingerprintOf(pem)).filter((each) => !seen.has(each)),
    vanishedFingerprints: vanishedOf(connection, after).filter((each) => !known.includes(each)),
    idpSsoUrl:
      announcedSsoUrl === connection.idpSsoUrl || announcedSsoUrl === before.announcedSsoUrl ? null : announcedSsoUrl,
  }
  return { after, news }
}
