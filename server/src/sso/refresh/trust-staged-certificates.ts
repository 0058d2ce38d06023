import { authorizeOwned } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { FieldErrors, notFound } from '../../core/errors.ts'
import { askForConfirmation } from '../enforcement/guard-connection.ts'
import { mostCertificates } from '../parse-saml-settings.ts'
import { type SamlConnectionView, viewSamlConnection } from '../saml-connection-view.ts'
import { findSamlConnection, lockSamlConnection, updateSamlConnection } from '../sso-connection.store.ts'
import { fingerprintOf, stagedOf, trustedFingerprints } from './compare-metadata.ts'
import { lockMetadataRefresh } from './metadata-refresh.store.ts'

const path = 'input.fingerprintsSha256'

/**
 * Adds certificates that the metadata announces to those that are trusted; the old ones stay for the overlap.
 * @param fingerprints what the owner has looked at: nothing that was staged a moment later comes along.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN
 */
export async function trustStagedCertificates(
  ctx: RequestContext,
  connectionId: string,
  fingerprints: readonly string[],
): Promise<SamlConnectionView> {
  const found = await findSamlConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  const wanted = new Set(fingerprints.map((each) => each.trim().toUpperCase()))
  const saved = await ctx.db.transaction(async (tx) => {
    const before = await lockSamlConnection(tx, row.organizationId, connectionId)
    if (before === null) throw notFound('SSO connection')
    const trusted = trustedFingerprints(before)
    const missing = [...wanted].filter((each) => !trusted.has(each))
    if (wanted.size > 0 && missing.length === 0) return before
    const refresh = await lockMetadataRefresh(tx, connectionId)
    const staged = new Map(
      (refresh === null ? [] : stagedOf(before, refresh)).map(({ pem }) => [fingerprintOf(pem), pem]),
    )
    const errors = new FieldErrors()
    if (wanted.size === 0) errors.add(path, 'REQUIRED', 'Name the certificates to trust by their fingerprints.')
    if (missing.some((each) => !staged.has(each))) {
      errors.add(path, 'NOT_STAGED', 'The metadata does not announce that certificate any more. Look again.')
    }
    if (before.idpCertificates.length + missing.length > mostCertificates) {
      errors.add(path, 'TOO_MANY', `Keep at most ${mostCertificates} certificates: remove old ones first.`)
    }
    errors.throwIfAny()
    const idpCertificates = [...before.idpCertificates, ...missing.flatMap((each) => staged.get(each) ?? [])]
    const next = {
      ...before,
      idpCertificates,
      revision: before.revision + 1,
      updatedAt: ctx.clock.now(),
      verifiedAt: null,
    }
    await updateSamlConnection(tx, next)
    const details = { connectionId, name: before.name, fingerprints: missing }
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'ssoConnection.certificatesTrusted', details })
    if (before.verifiedAt !== null) await askForConfirmation(ctx, tx, next)
    return next
  })
  return viewSamlConnection(ctx, saved)
}
