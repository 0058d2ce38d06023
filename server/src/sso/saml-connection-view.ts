import type { RequestContext } from '../access/request-context.ts'
import { missingSettings } from './missing-settings.ts'
import { certificateWarnings, type IdpCertificate, parseCertificates } from './saml/certificate.ts'
import { serviceProviderUrls } from './saml/service-provider.ts'
import type { SamlConnectionRow } from './sso-connection.store.ts'

/** A certificate as people see it. */
export type IdpCertificateView = Omit<IdpCertificate, 'publicKey'> & { warnings: string[] }

/** A connection as the API shows it: the row, the addresses that follow from it, its certificates read. */
export type SamlConnectionView = Omit<SamlConnectionRow, 'idpCertificates'> & {
  complete: boolean
  loginUrl: string
  redirectUrl: string
  spMetadataUrl: string
  logoutUrl: string
  idpCertificates: IdpCertificateView[]
}

export function viewCertificate(certificate: IdpCertificate, now: Date): IdpCertificateView {
  const { publicKey: _, ...shown } = certificate
  return { ...shown, warnings: certificateWarnings(certificate, now) }
}

/** Certificates read before, the latest last. Reading one takes half as long as verifying a response with its key. */
const read = new Map<string, readonly IdpCertificate[]>()
const mostKept = 500

function readStored(pem: string): readonly IdpCertificate[] | null {
  const known = read.get(pem)
  if (known !== undefined) return known
  const parsed = parseCertificates(pem)
  if ('problem' in parsed) return null
  const [oldest] = read.keys()
  if (oldest !== undefined && read.size >= mostKept) read.delete(oldest)
  read.set(pem, parsed.certificates)
  return parsed.certificates
}

/** The connection's certificates. They were parsed before they were stored, so a failure here is a bug. */
export function trustedCertificates(row: Pick<SamlConnectionRow, 'id' | 'idpCertificates'>): IdpCertificate[] {
  return row.idpCertificates.flatMap((pem) => {
    const certificates = readStored(pem)
    if (certificates === null) throw new Error(`${row.id} holds a certificate that cannot be read`)
    return certificates
  })
}

export function viewSamlConnection(ctx: RequestContext, row: SamlConnectionRow): SamlConnectionView {
  const urls = serviceProviderUrls(ctx.publicUrl, row.id)
  const now = ctx.clock.now()
  return {
    ...row,
    complete: missingSettings(row).length === 0,
    loginUrl: urls.loginUrl,
    redirectUrl: urls.acsUrl,
    spMetadataUrl: urls.metadataUrl,
    logoutUrl: urls.sloUrl,
    idpCertificates: trustedCertificates(row).map((certificate) => viewCertificate(certificate, now)),
  }
}
