import type { RequestContext } from '../../access/request-context.ts'
import { plus, seconds } from '../../core/clock.ts'
import { findSigningKey } from '../keys/find-signing-key.ts'
import { createAuthnRequest, newRequestId } from '../saml/authn-request.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { findSamlConnection } from '../sso-connection.store.ts'
import { bindBrowser, requestLifetimeSeconds } from './request-cookie.ts'
import { safeReturnPath } from './return-path.ts'
import { type Refusal, refuse } from './sign-in-refusal.ts'
import { insertAuthnRequest } from './sign-in-state.store.ts'

/**
 * The SSO login URL: sends the browser to the identity provider with an AuthnRequest (HTTP-Redirect, Bindings 3.4)
 * that only this browser can complete, once, within ten minutes.
 */
export async function startLogin(
  ctx: RequestContext,
  connectionId: string,
  returnTo: unknown,
): Promise<{ redirectUrl: string } | { refusal: Refusal }> {
  await ctx.limits.consume('ssoStartByAddress', ctx.ipAddress ?? 'unknown')
  const connection = await findSamlConnection(ctx.db, connectionId)
  if (connection === null) {
    return { refusal: { reason: 'CONNECTION_NOT_FOUND', reference: ctx.requestId, connectionId: null } }
  }
  if (!connection.enabled) return { refusal: await refuse(ctx, connection, 'CONNECTION_DISABLED') }
  const { idpSsoUrl, idpCertificates, spEntityId } = connection
  if (idpSsoUrl === null || idpCertificates.length === 0) {
    return { refusal: await refuse(ctx, connection, 'CONNECTION_INCOMPLETE') }
  }
  const now = ctx.clock.now()
  const id = newRequestId()
  await insertAuthnRequest(ctx.db, {
    id,
    connectionId,
    browserBindingHash: bindBrowser(ctx),
    returnPath: safeReturnPath(returnTo, ctx.publicUrl),
    createdAt: now,
    expiresAt: plus(now, seconds(requestLifetimeSeconds)),
    consumedAt: null,
    testId: null,
  })
  const { acsUrl } = serviceProviderUrls(ctx.publicUrl, connectionId)
  const { forceAuthn, requestedAuthnContext } = connection
  return createAuthnRequest({
    connection: { idpSsoUrl, spEntityId, acsUrl, forceAuthn, requestedAuthnContext },
    id,
    issueInstant: now,
    signingKey: await findSigningKey(ctx, connection),
  })
}
