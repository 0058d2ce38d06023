import type { RequestContext } from '../../access/request-context.ts'
import { plus, seconds } from '../../core/clock.ts'
import { findSigningKey } from '../keys/find-signing-key.ts'
import { createAuthnRequest, newRequestId } from '../saml/authn-request.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { findSamlConnection } from '../sso-connection.store.ts'
import { findRunningTest } from '../sso-test/find-running-test.ts'
import { parseLoginHint, withLoginHint } from './login-hint.ts'
import { bindBrowser, requestLifetimeSeconds } from './request-cookie.ts'
import { safeReturnPath } from './return-path.ts'
import { type Refusal, refuse } from './sign-in-refusal.ts'
import { insertAuthnRequest } from './sign-in-state.store.ts'

/**
 * The SSO login URL: sends the browser to the identity provider with an AuthnRequest (HTTP-Redirect, Bindings 3.4)
 * that only this browser can complete, once, within ten minutes.
 * @param testSecret makes it a test sign-in, which checks everything and lets nobody in.
 * @param loginHint the e-mail address to fill in over there, where the identity provider takes one.
 */
export async function startLogin(
  ctx: RequestContext,
  connectionId: string,
  returnTo: unknown,
  testSecret?: unknown,
  loginHint?: unknown,
): Promise<{ redirectUrl: string } | { refusal: Refusal }> {
  await ctx.limits.consume('ssoStartByAddress', ctx.ipAddress ?? 'unknown')
  const connection = await findSamlConnection(ctx.db, connectionId)
  if (connection === null) {
    return { refusal: { reason: 'CONNECTION_NOT_FOUND', reference: ctx.requestId, connectionId: null } }
  }
  const test = testSecret === undefined ? null : await findRunningTest(ctx, connection, testSecret)
  if (testSecret !== undefined && test === null) {
    return { refusal: await refuse(ctx, connection, 'TEST_OUTDATED') }
  }
  // A connection can be tested before anybody may use it.
  if (!connection.enabled && test === null) return { refusal: await refuse(ctx, connection, 'CONNECTION_DISABLED') }
  const { idpSsoUrl, idpCertificates, spEntityId } = connection
  if (idpSsoUrl === null || idpCertificates.length === 0) {
    const facts = { checks: [], test: test && { testId: test.id, requestId: null } }
    return { refusal: await refuse(ctx, connection, 'CONNECTION_INCOMPLETE', facts) }
  }
  const now = ctx.clock.now()
  const id = newRequestId({ test: test !== null })
  await insertAuthnRequest(ctx.db, {
    id,
    connectionId,
    browserBindingHash: bindBrowser(ctx),
    returnPath: safeReturnPath(returnTo, ctx.publicUrl),
    createdAt: now,
    expiresAt: plus(now, seconds(requestLifetimeSeconds)),
    consumedAt: null,
    testId: test?.id ?? null,
  })
  const { acsUrl } = serviceProviderUrls(ctx.publicUrl, connectionId)
  const { forceAuthn, requestedAuthnContext } = connection
  const { redirectUrl } = createAuthnRequest({
    connection: { idpSsoUrl, spEntityId, acsUrl, forceAuthn, requestedAuthnContext },
    id,
    issueInstant: now,
    signingKey: await findSigningKey(ctx, connection),
  })
  return { redirectUrl: withLoginHint(redirectUrl, parseLoginHint(loginHint)) }
}
