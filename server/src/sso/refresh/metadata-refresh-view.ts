import { authorize } from '../../access/authorize.ts'
import { loadTogether } from '../../access/load-together.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { type IdpCertificateView, trustedCertificates, viewCertificate } from '../saml-connection-view.ts'
import { stagedOf, vanishedOf } from './compare-metadata.ts'
import { findMetadataRefreshes } from './metadata-refresh.store.ts'

/** What is known of the metadata that is read again by itself. */
export type MetadataRefreshView = {
  dueAt: Date
  checkedAt: Date | null
  problem: string | null
  stagedCertificates: { certificate: IdpCertificateView; seenAt: Date }[]
  vanishedFingerprints: string[]
  stagedSsoUrl: string | null
}

/** Null when the connection's metadata has no address. @throws NOT_FOUND, FORBIDDEN */
export async function getMetadataRefresh(
  ctx: RequestContext,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<MetadataRefreshView | null> {
  await authorize(ctx, 'sso:read', organizationId)
  const readAll = (ids: string[]) => findMetadataRefreshes(ctx.db, ids)
  const found = await loadTogether(ctx, 'metadata refreshes', id, readAll)
  if (found === undefined) return null
  const { refresh: row, trusted: connection } = found
  const now = ctx.clock.now()
  const { dueAt, checkedAt, problem, announcedSsoUrl } = row
  return {
    dueAt,
    checkedAt,
    problem,
    stagedCertificates: stagedOf(connection, row).flatMap(({ pem, seenAt }) =>
      trustedCertificates({ id, idpCertificates: [pem] }).map((certificate) => ({
        certificate: viewCertificate(certificate, now),
        seenAt: new Date(seenAt),
      })),
    ),
    vanishedFingerprints: vanishedOf(connection, row),
    stagedSsoUrl: announcedSsoUrl === connection.idpSsoUrl ? null : announcedSsoUrl,
  }
}
