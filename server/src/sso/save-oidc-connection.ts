import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { FieldErrors, notFound } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { endSessionsOfConnection } from '../session/session.store.ts'
import { checkRevision } from './check-revision.ts'
import { confirmIssuer } from './confirm-issuer.ts'
import { askForConfirmation } from './enforcement/guard-connection.ts'
import { deleteOidcRequestsOfConnection } from './login/oidc-request.store.ts'
import { deletePendingLinksOfConnection } from './login/sign-in-state.store.ts'
import { type OidcConnectionView, viewOidcConnection } from './oidc-connection-view.ts'
import { openClientSecret, sealClientSecret } from './oidc-secret.ts'
import { readClientId, readClientSecret, readIssuer, readOktaDomain } from './parse-oidc-settings.ts'
import { parseAttributeMapping, parseConnectionName } from './parse-saml-settings.ts'
import { takeReservation } from './reserve-sso-connection.ts'
import {
  findConnection,
  insertOidcConnection,
  lockConnection,
  type OidcConnectionRow,
  updateOidcConnection as storeOidcConnection,
} from './sso-connection.store.ts'
import { deleteIdentities } from './sso-identity.store.ts'

export type OidcProtocol = OidcConnectionRow['protocol']

/** What the dialog sends. Absent or null: unchanged. */
export type OidcSettingsInput = {
  name?: string | null
  oktaDomain?: string | null
  issuer?: string | null
  clientId?: string | null
  clientSecret?: string | null
  attributeMapping?: { subject?: string | null; email?: string | null; name?: string | null } | null
}

type Settings = Pick<OidcConnectionRow, 'name' | 'issuer' | 'oktaDomain' | 'clientId' | 'attributeMapping'> & {
  clientSecret: string
}

const defaultNames: Record<OidcProtocol, string> = { OKTA: 'Okta Workforce', OIDC: 'OpenID Connect' }

/** The settings after the input, over what there was. @throws BAD_USER_INPUT with every wrong field */
async function applySettings(
  ctx: RequestContext,
  protocol: OidcProtocol,
  before: Settings,
  input: OidcSettingsInput,
): Promise<Settings> {
  const errors = new FieldErrors()
  const [text, read] =
    protocol === 'OKTA' ? ([input.oktaDomain, readOktaDomain] as const) : ([input.issuer, readIssuer] as const)
  const entered = text == null ? before : read(text, errors)
  const settings = {
    name: parseConnectionName(input.name === undefined ? before.name : input.name, before.name, errors),
    clientId: input.clientId == null ? before.clientId : readClientId(input.clientId, errors),
    clientSecret: input.clientSecret == null ? before.clientSecret : readClientSecret(input.clientSecret, errors),
    attributeMapping:
      input.attributeMapping === undefined
        ? before.attributeMapping
        : parseAttributeMapping(input.attributeMapping ?? {}, errors),
  }
  errors.throwIfAny()
  const { issuer, oktaDomain } = entered ?? before
  const field = protocol === 'OKTA' ? 'input.oktaDomain' : 'input.issuer'
  const confirmed = text == null ? issuer : await confirmIssuer(ctx, issuer, field)
  return { ...settings, issuer: confirmed, oktaDomain }
}

/** A new connection, once its issuer answered. @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, RATE_LIMITED */
export async function createOidcConnection(
  ctx: RequestContext,
  {
    organizationId,
    protocol,
    reservation,
  }: { organizationId: string; protocol: OidcProtocol; reservation: string | null },
  input: OidcSettingsInput,
): Promise<OidcConnectionView> {
  await authorize(ctx, 'sso:manage', organizationId)
  const id = takeReservation(ctx, organizationId, reservation)
  const blank = { name: defaultNames[protocol], issuer: '', oktaDomain: null, clientId: '', clientSecret: '' }
  const { clientSecret, ...settings } = await applySettings(ctx, protocol, { ...blank, attributeMapping: {} }, input)
  const now = ctx.clock.now()
  const row: OidcConnectionRow = {
    id,
    organizationId,
    protocol,
    enabled: true,
    verifiedAt: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
    ...settings,
    sealedClientSecret: sealClientSecret(ctx, id, clientSecret),
  }
  await ctx.db.transaction(async (tx) => {
    await insertOidcConnection(tx, row)
    const details = { connectionId: id, name: row.name }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoConnection.created', details })
  })
  return viewOidcConnection(ctx, row)
}

/** Everything but the name is what a sign-in depends on. */
const trustSettings: readonly (keyof Settings)[] = ['issuer', 'clientId', 'clientSecret', 'attributeMapping']

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Changes a connection. A change of what a sign-in depends on takes its verification away; another issuer or client ends
 * the sessions made through it, and another issuer's subjects are other people.
 * @param expectedRevision the revision that the caller saw; another one refuses the change.
 * @throws BAD_USER_INPUT, CONFLICT STALE_REVISION, NOT_FOUND, FORBIDDEN, RATE_LIMITED
 */
export async function updateOidcConnection(
  ctx: RequestContext,
  {
    connectionId,
    protocol,
    expectedRevision,
  }: { connectionId: string; protocol: OidcProtocol; expectedRevision: number | null },
  input: OidcSettingsInput,
): Promise<OidcConnectionView> {
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', await findConnection(ctx.db, connectionId))
  if (row.protocol !== protocol) throw notFound('SSO connection')
  checkRevision(row, expectedRevision)
  const settingsBefore = { ...row, clientSecret: openClientSecret(ctx, row) }
  const after = await applySettings(ctx, protocol, settingsBefore, input)
  const saved = await ctx.db.transaction(async (tx) => {
    const before = await lockConnection(tx, row.organizationId, connectionId)
    if (before === null || before.protocol === 'SAML') throw notFound('SSO connection')
    // What was parsed above stands on `row`: without an expected revision, too, nothing in between may be lost.
    checkRevision(before, row.revision)
    const changed = (Object.keys(after) as (keyof Settings)[]).filter((key) => !same(settingsBefore[key], after[key]))
    if (changed.length === 0) return before
    const trustChanged = changed.some((key) => trustSettings.includes(key))
    const { clientSecret, ...settings } = after
    const next: OidcConnectionRow = {
      ...before,
      ...settings,
      sealedClientSecret: changed.includes('clientSecret')
        ? sealClientSecret(ctx, connectionId, clientSecret)
        : before.sealedClientSecret,
      revision: before.revision + 1,
      updatedAt: ctx.clock.now(),
      verifiedAt: trustChanged ? null : before.verifiedAt,
    }
    await storeOidcConnection(tx, next)
    await endWhatRestedOn(tx, connectionId, changed)
    if (trustChanged && before.verifiedAt !== null) await askForConfirmation(ctx, tx, next)
    const details = { connectionId, name: next.name, changed }
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'ssoConnection.updated', details })
    return next
  })
  return viewOidcConnection(ctx, saved)
}

/** A new secret changes nothing about who is trusted: only whoever is on the way starts again. */
async function endWhatRestedOn(tx: Tx, connectionId: string, changed: readonly (keyof Settings)[]): Promise<void> {
  if (!changed.some((key) => trustSettings.includes(key))) return
  await deleteOidcRequestsOfConnection(tx, connectionId)
  await deletePendingLinksOfConnection(tx, connectionId)
  if (changed.includes('issuer')) await deleteIdentities(tx, connectionId)
  if (changed.includes('issuer') || changed.includes('clientId')) await endSessionsOfConnection(tx, connectionId)
}
