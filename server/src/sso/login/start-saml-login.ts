import type { RequestContext } from '../../access/request-context.ts'
import { plus, seconds } from '../../core/clock.ts'
import { findSigningKey } from '../keys/find-signing-key.ts'
import { createAuthnRequest, newRequestId } from '../saml/authn-request.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'
import { parseLoginHint, withLoginHint } from './login-hint.ts'
import { bindBrowser, requestLifetimeSeconds } from './request-cookie.ts'
import { safeReturnPath } from './return-path.ts'
import { refuse } from './sign-in-refusal.ts'
import { insertAuthnRequest } from './sign-in-state.store.ts'
import type { LoginStart, Started } from './start-login.ts'

/** Sends the browser to the identity provider with an AuthnRequest (HTTP-Redirect, Bindings 3.4). */
export async function startSamlLogin(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  { query, test }: LoginStart,
): Promise<Started> {
  const { id: connectionId, idpSsoUrl, idpCertificates, spEntityId } = connection
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
    returnPath: safeReturnPath(query.returnTo, ctx.publicUrl),
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
  return { redirectUrl: withLoginHint(redirectUrl, parseLoginHint(query.login_hint)) }
}
