import type { RequestContext } from '../../access/request-context.ts'
import { bySystem, recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Log } from '../../core/log.ts'
import { type MailContext, queueMail } from '../../mail/queue-mail.ts'
import { listOwnerEmails } from '../../membership/owner.store.ts'
import { findOrganization } from '../../organization/organization.store.ts'
import { stagedOf } from '../refresh/compare-metadata.ts'
import { findMetadataRefresh } from '../refresh/metadata-refresh.store.ts'
import type { IdpCertificate } from '../saml/certificate.ts'
import { trustedCertificates } from '../saml-connection-view.ts'
import { listEnabledSamlConnections, type SamlConnectionRow } from '../sso-connection.store.ts'
import { insertCertificateWarning } from './certificate-warning.store.ts'
import { expiryMail } from './expiry-mail.ts'
import { dueThreshold } from './expiry-threshold.ts'

type WarnContext = MailContext &
  Pick<RequestContext, 'db' | 'actor' | 'requestId' | 'ipAddress'> & { log: Log; stopping: AbortSignal }

const pageSize = 200

/**
 * Tells owners 60, 30, 7 and 1 days before a trusted certificate ends: in the audit log, and by mail where that is
 * configured. Safe to run often and on several replicas at once: each warning is given once.
 */
export async function warnOfExpiringCertificates(ctx: WarnContext): Promise<void> {
  let after = ''
  while (!ctx.stopping.aborted) {
    const page = await listEnabledSamlConnections(ctx.db, after, pageSize)
    for (const connection of page) {
      await warnOfConnection(ctx, connection).catch((err: unknown) =>
        ctx.log.error({ err, connectionId: connection.id }, 'certificates could not be looked through'),
      )
    }
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.id
  }
}

async function warnOfConnection(ctx: WarnContext, connection: SamlConnectionRow): Promise<void> {
  const certificates = trustedCertificates(connection)
  for (const certificate of certificates) {
    const daysBefore = dueThreshold(certificate.notAfter, ctx.clock.now())
    const others = certificates.filter((each) => each !== certificate)
    if (daysBefore !== null) await warnOnce(ctx, connection, certificate, others, daysBefore)
  }
}

async function warnOnce(
  ctx: WarnContext,
  connection: SamlConnectionRow,
  certificate: IdpCertificate,
  others: IdpCertificate[],
  daysBefore: number,
): Promise<void> {
  const { subject, fingerprintSha256, notAfter } = certificate
  const now = ctx.clock.now()
  await ctx.db.transaction(async (tx) => {
    const warning = { connectionId: connection.id, fingerprintSha256, daysBefore, at: now }
    if (!(await insertCertificateWarning(tx, warning))) return
    const details = {
      connectionId: connection.id,
      name: connection.name,
      subject,
      fingerprint: fingerprintSha256,
      notAfter: notAfter.toISOString(),
      daysBefore,
    }
    const { organizationId } = connection
    await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoConnection.certificateExpiring', details }, bySystem)
    const organization = await findOrganization(tx, organizationId)
    if (organization === null) return
    const refresh = await findMetadataRefresh(tx, connection.id)
    const staged = refresh === null ? 0 : stagedOf(connection, refresh).length
    const { publicUrl } = ctx
    const content = expiryMail({ organization, connection, certificate, others, staged, now, publicUrl })
    for (const email of await listOwnerEmails(tx, organizationId, ctx.clock.now()))
      await queueMail(ctx, tx, email, content)
  })
}
