import type { RequestContext } from '../../access/request-context.ts'
import { findConnection } from '../sso-connection.store.ts'
import { findRunningTest } from '../sso-test/find-running-test.ts'
import type { SsoTestRow } from '../sso-test/sso-test.store.ts'
import { type Refusal, refuse } from './sign-in-refusal.ts'
import { startOidcLogin } from './start-oidc-login.ts'
import { startSamlLogin } from './start-saml-login.ts'

/** What the address says beside the connection. Anybody may have written it. */
export type LoginQuery = {
  returnTo?: unknown
  /** Makes it a test sign-in, which checks everything and lets nobody in. */
  test?: unknown
  /** Who started it elsewhere (OpenID Connect Core 4). */
  iss?: unknown
  login_hint?: unknown
  target_link_uri?: unknown
}

export type LoginStart = { query: LoginQuery; test: SsoTestRow | null }

export type Started = { redirectUrl: string } | { refusal: Refusal }

/**
 * The SSO login URL: sends the browser to the identity provider with a request that only this browser can complete,
 * once, within ten minutes.
 */
export async function startLogin(ctx: RequestContext, connectionId: string, query: LoginQuery): Promise<Started> {
  await ctx.limits.consume('ssoStartByAddress', ctx.ipAddress ?? 'unknown')
  const connection = await findConnection(ctx.db, connectionId)
  if (connection === null) {
    return { refusal: { reason: 'CONNECTION_NOT_FOUND', reference: ctx.requestId, connectionId: null } }
  }
  const test = query.test === undefined ? null : await findRunningTest(ctx, connection, query.test)
  if (query.test !== undefined && test === null) return { refusal: await refuse(ctx, connection, 'TEST_OUTDATED') }
  // A connection can be tested before anybody may use it.
  if (!connection.enabled && test === null) return { refusal: await refuse(ctx, connection, 'CONNECTION_DISABLED') }
  const start = { query, test }
  return connection.protocol === 'SAML'
    ? startSamlLogin(ctx, connection, start)
    : startOidcLogin(ctx, connection, start)
}
