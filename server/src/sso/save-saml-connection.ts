import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { FieldErrors, notFound } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import { endSessionsOfConnection } from '../session/session.store.ts'
import { checkRevision } from './check-revision.ts'
import { askForConfirmation } from './enforcement/guard-connection.ts'
import { ensureSpKey } from './keys/ensure-sp-key.ts'
import { deletePendingLinksOfConnection } from './login/sign-in-state.store.ts'
import {
  checkEntityIds,
  parseAttributeMapping,
  parseAuthnContext,
  parseConnectionName,
  parseEntityId,
  parseIdpCertificates,
  parseIdpSsoUrl,
  parseSloUrls,
} from './parse-saml-settings.ts'
import { readMetadataInput } from './read-metadata-input.ts'
import { scheduleRefresh } from './refresh/schedule-refresh.ts'
import { serviceProviderUrls } from './saml/service-provider.ts'
import { type SamlConnectionView, viewSamlConnection } from './saml-connection-view.ts'
import {
  findSamlConnection,
  insertSamlConnection,
  lockSamlConnection,
  type SamlConnectionRow,
  type SamlSettings,
  updateSamlConnection as storeSamlConnection,
} from './sso-connection.store.ts'

/** What the dialog sends. Absent: unchanged. Null or empty: cleared. */
export type SamlSettingsInput = {
  name?: string | null
  idpSsoUrl?: string | null
  spEntityId?: string | null
  idpEntityId?: string | null
  idpCertificates?: string[] | null
  idpMetadataXml?: string | null
  idpMetadataUrl?: string | null
  idpSloUrl?: string | null
  idpSloResponseUrl?: string | null
  allowIdpInitiated?: boolean | null
  signAuthnRequests?: boolean | null
  forceAuthn?: boolean | null
  requestedAuthnContext?: string | null
  allowCbcEncryption?: boolean | null
  attributeMapping?: { subject?: string | null; email?: string | null; name?: string | null } | null
}

type Settings = SamlSettings & { name: string }

/**
 * The settings after the input: what metadata says, then what the input says itself, over what there was.
 * @throws BAD_USER_INPUT with every wrong field.
 */
async function applySettings(
  ctx: RequestContext,
  before: SamlConnectionRow,
  input: SamlSettingsInput,
): Promise<Settings> {
  const metadata = await readMetadataInput(
    ctx,
    { xml: input.idpMetadataXml, url: input.idpMetadataUrl },
    { xml: 'input.idpMetadataXml', url: 'input.idpMetadataUrl' },
  )
  const errors = new FieldErrors()
  const given = <T>(value: T | undefined, fromMetadata: T | undefined, unchanged: T): T =>
    value !== undefined ? value : (fromMetadata ?? unchanged)
  const certificates = given(
    input.idpCertificates,
    metadata?.certificates.map((certificate) => certificate.pem),
    before.idpCertificates,
  )
  const fallbackEntityId = serviceProviderUrls(ctx.publicUrl, before.id).defaultEntityId
  const spEntityId = given(input.spEntityId, undefined, before.spEntityId)
  // The two logout addresses belong together, so that metadata replaces both or none.
  const slo = metadata !== null && metadata.idpSloUrl !== null ? metadata : before
  const settings = {
    name: parseConnectionName(given(input.name, undefined, before.name), before.name, errors),
    idpSsoUrl: parseIdpSsoUrl(given(input.idpSsoUrl, metadata?.idpSsoUrl, before.idpSsoUrl), ctx.publicUrl, errors),
    spEntityId: parseEntityId(spEntityId, 'spEntityId', 'Entity ID', errors) ?? fallbackEntityId,
    idpEntityId: parseEntityId(
      given(input.idpEntityId, metadata?.idpEntityId, before.idpEntityId),
      'idpEntityId',
      'The identity provider’s entity ID',
      errors,
    ),
    idpCertificates: parseIdpCertificates(certificates ?? [], errors),
    idpMetadataUrl:
      metadata === null && input.idpMetadataUrl === undefined
        ? before.idpMetadataUrl
        : input.idpMetadataUrl?.trim() || null,
    ...parseSloUrls(
      given(input.idpSloUrl, undefined, slo.idpSloUrl),
      given(input.idpSloResponseUrl, undefined, slo.idpSloResponseUrl),
      ctx.publicUrl,
      errors,
    ),
    allowIdpInitiated: input.allowIdpInitiated ?? before.allowIdpInitiated,
    signAuthnRequests: input.signAuthnRequests ?? before.signAuthnRequests,
    forceAuthn: input.forceAuthn ?? before.forceAuthn,
    requestedAuthnContext: parseAuthnContext(
      given(input.requestedAuthnContext, undefined, before.requestedAuthnContext),
      errors,
    ),
    allowCbcEncryption: input.allowCbcEncryption ?? before.allowCbcEncryption,
    attributeMapping:
      input.attributeMapping === undefined
        ? before.attributeMapping
        : parseAttributeMapping(input.attributeMapping ?? {}, errors),
  }
  checkEntityIds(settings.spEntityId, settings.idpEntityId, errors)
  errors.throwIfAny()
  return settings
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const changedSettings = (before: SamlConnectionRow, after: Settings): (keyof Settings)[] =>
  (Object.keys(after) as (keyof Settings)[]).filter((key) => !same(before[key], after[key]))

/** Settings that a sign-in depends on: whoever changes one has to see a sign-in succeed again. */
const trustSettings: readonly (keyof Settings)[] = [
  'idpSsoUrl',
  'spEntityId',
  'idpEntityId',
  'idpCertificates',
  'signAuthnRequests',
  'requestedAuthnContext',
  'attributeMapping',
]

/**
 * A new connection. Everything about the identity provider may come later: its redirect and login URLs are there at
 * once. @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN
 */
export async function createSamlConnection(
  ctx: RequestContext,
  organizationId: string,
  input: SamlSettingsInput,
): Promise<SamlConnectionView> {
  await authorize(ctx, 'sso:manage', organizationId)
  const now = ctx.clock.now()
  const id = createId('sso', now)
  const blank: SamlConnectionRow = {
    id,
    organizationId,
    protocol: 'SAML',
    name: 'SAML 2.0',
    enabled: true,
    verifiedAt: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
    spEntityId: serviceProviderUrls(ctx.publicUrl, id).defaultEntityId,
    idpSsoUrl: null,
    idpEntityId: null,
    idpCertificates: [],
    idpMetadataUrl: null,
    idpSloUrl: null,
    idpSloResponseUrl: null,
    allowIdpInitiated: false,
    signAuthnRequests: false,
    forceAuthn: false,
    requestedAuthnContext: null,
    allowCbcEncryption: false,
    attributeMapping: {},
  }
  const row = { ...blank, ...(await applySettings(ctx, blank, input)) }
  await ctx.db.transaction(async (tx) => {
    await insertSamlConnection(tx, row)
    await scheduleRefresh(tx, id, { from: null, to: row.idpMetadataUrl }, now)
    const details = { connectionId: id, name: row.name }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoConnection.created', details })
  })
  if (row.signAuthnRequests) await ensureSpKey(ctx, row, 'signing')
  return viewSamlConnection(ctx, row)
}

/**
 * Changes a connection. A change of what a sign-in depends on takes its verification away, and a certificate that is
 * no longer trusted ends the sessions made through the connection.
 * @param expectedRevision the revision that the caller saw; another one refuses the change.
 * @throws BAD_USER_INPUT, CONFLICT STALE_REVISION, NOT_FOUND, FORBIDDEN
 */
export async function updateSamlConnection(
  ctx: RequestContext,
  connectionId: string,
  expectedRevision: number | null,
  input: SamlSettingsInput,
): Promise<SamlConnectionView> {
  const found = await findSamlConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  checkRevision(row, expectedRevision)
  const after = await applySettings(ctx, row, input)
  const saved = await ctx.db.transaction(async (tx) => {
    const before = await lockSamlConnection(tx, row.organizationId, connectionId)
    if (before === null) throw notFound('SSO connection')
    // What was parsed above stands on `row`: without an expected revision, too, nothing in between may be lost.
    checkRevision(before, row.revision)
    const changed = changedSettings(before, after)
    if (changed.length === 0) return before
    const trustChanged = changed.some((key) => trustSettings.includes(key))
    const next: SamlConnectionRow = {
      ...before,
      ...after,
      revision: before.revision + 1,
      updatedAt: ctx.clock.now(),
      verifiedAt: trustChanged ? null : before.verifiedAt,
    }
    await storeSamlConnection(tx, next)
    const addresses = { from: before.idpMetadataUrl, to: next.idpMetadataUrl }
    await scheduleRefresh(tx, connectionId, addresses, next.updatedAt)
    const distrusted = before.idpCertificates.some((pem) => !after.idpCertificates.includes(pem))
    if (distrusted) await endSessionsOfConnection(tx, connectionId)
    // A link waits for ten minutes, and knows nothing of the settings that it was verified by.
    const forbidden = before.allowIdpInitiated && !next.allowIdpInitiated
    const stricter = next.forceAuthn && !before.forceAuthn
    if (trustChanged || forbidden || stricter) await deletePendingLinksOfConnection(tx, connectionId)
    const details = { connectionId, name: next.name, changed }
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'ssoConnection.updated', details })
    if (trustChanged && before.verifiedAt !== null) await askForConfirmation(ctx, tx, next)
    return next
  })
  if (saved.signAuthnRequests) await ensureSpKey(ctx, saved, 'signing')
  return viewSamlConnection(ctx, saved)
}
