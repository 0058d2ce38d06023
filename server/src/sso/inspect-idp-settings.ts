import { authorize } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { badUserInput, FieldErrors } from '../core/errors.ts'
import { parseIdpCertificates } from './parse-saml-settings.ts'
import { readMetadataInput } from './read-metadata-input.ts'
import { type IdpCertificateView, trustedCertificates, viewCertificate } from './saml-connection-view.ts'

/** Reads certificates as a connection would, before anything is saved. @throws BAD_USER_INPUT */
export async function inspectIdpCertificates(
  ctx: RequestContext,
  organizationId: string,
  texts: string[],
): Promise<IdpCertificateView[]> {
  await authorize(ctx, 'sso:manage', organizationId)
  const errors = new FieldErrors()
  const idpCertificates = parseIdpCertificates(texts, errors)
  errors.throwIfAny()
  const now = ctx.clock.now()
  return trustedCertificates({ id: 'input', idpCertificates }).map((certificate) => viewCertificate(certificate, now))
}

export type InspectedIdpMetadata = {
  idpSsoUrl: string
  idpEntityId: string
  idpCertificates: IdpCertificateView[]
  idpSloUrl: string | null
  idpSloResponseUrl: string | null
  warnings: string[]
}

/** Reads metadata as a connection would, before anything is saved. @throws BAD_USER_INPUT, RATE_LIMITED */
export async function inspectIdpMetadata(
  ctx: RequestContext,
  organizationId: string,
  input: { xml?: string | null; url?: string | null },
): Promise<InspectedIdpMetadata> {
  await authorize(ctx, 'sso:manage', organizationId)
  const metadata = await readMetadataInput(ctx, input, { xml: 'input.xml', url: 'input.url' })
  if (metadata === null) {
    const message = 'Paste the metadata XML, or give the URL it can be fetched from.'
    throw badUserInput([{ path: 'input.xml', reason: 'REQUIRED', message }])
  }
  const now = ctx.clock.now()
  return {
    idpSsoUrl: metadata.idpSsoUrl,
    idpEntityId: metadata.idpEntityId,
    idpCertificates: metadata.certificates.map((certificate) => viewCertificate(certificate, now)),
    idpSloUrl: metadata.idpSloUrl,
    idpSloResponseUrl: metadata.idpSloResponseUrl,
    warnings: metadata.warnings,
  }
}
