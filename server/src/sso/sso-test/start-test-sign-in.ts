import { authorizeOwned } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { minutes, plus } from '../../core/clock.ts'
import { conflict } from '../../core/errors.ts'
import { createId } from '../../core/ids.ts'
import { randomSecret, sha256 } from '../../core/secrets.ts'
import { missingSettings } from '../missing-settings.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { findConnection } from '../sso-connection.store.ts'
import { type SsoTestView, viewSsoTest } from './get-sso-test.ts'
import { insertSsoTest } from './sso-test.store.ts'

const testLifetime = minutes(15)

/**
 * Makes a test of the connection's present settings. Who opens its address signs in at the identity provider and sees
 * what would happen; nobody is let in. A disabled connection can be tested too.
 * @throws CONFLICT CONNECTION_INCOMPLETE, NOT_FOUND, FORBIDDEN
 */
export async function startTestSignIn(
  ctx: RequestContext,
  connectionId: string,
): Promise<{ test: SsoTestView; url: string }> {
  const found = await findConnection(ctx.db, connectionId)
  const { row: connection, grant } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  const missing = missingSettings(connection)
  if (missing.length > 0) {
    throw conflict('CONNECTION_INCOMPLETE', `Fill in ${missing.join(' and ')} first, then test the connection.`)
  }
  const { organizationId, name, revision } = connection
  const now = ctx.clock.now()
  const secret = randomSecret()
  const row = {
    id: createId('tst', now),
    connectionId,
    secretHash: sha256(secret),
    revision,
    createdAt: now,
    expiresAt: plus(now, testLifetime),
  }
  await ctx.db.transaction(async (tx) => {
    await insertSsoTest(tx, row)
    const details = { connectionId, name, testId: row.id }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoTest.started', details })
  })
  const url = `${serviceProviderUrls(ctx.publicUrl, connectionId).loginUrl}?test=${secret}`
  return { test: viewSsoTest(row, [], grant), url }
}
