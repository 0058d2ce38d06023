import type { RequestContext } from '../../access/request-context.ts'
import { minutes, plus } from '../../core/clock.ts'
import { endOwnSession } from '../../session/end-own-session.ts'
import { bindBrowser, requestLifetimeSeconds } from '../login/request-cookie.ts'
import { newRequestId } from '../saml/authn-request.ts'
import { makeLogoutRequest } from '../saml/logout-message.ts'
import type { SessionSubject } from '../saml/logout-subject.ts'
import { redirectUrl } from '../saml/redirect-binding.ts'
import { findSigner } from '../saml-signer.ts'
import { findSamlConnection } from '../sso-connection.store.ts'
import { insertLogoutRequest } from './logout-request.store.ts'

/**
 * Ends the session that the request came with, first and always. Then, if it was made through a connection with single
 * logout, gives the address that tells the identity provider (Profiles 4.4.3.1): whatever becomes of that, the person
 * is signed out here. @throws UNAUTHENTICATED
 */
export async function signOut(ctx: RequestContext): Promise<{ redirectUrl: string | null }> {
  const ended = await endOwnSession(ctx)
  if (ended === null || ended.connectionId === null || ended.samlSubject === null) return { redirectUrl: null }
  try {
    return { redirectUrl: await startLogout(ctx, ended.connectionId, ended.samlSubject) }
  } catch (err) {
    ctx.log.error({ err, requestId: ctx.requestId }, 'the identity provider is not told of a sign-out')
    return { redirectUrl: null }
  }
}

/** The identity provider's address with a LogoutRequest whose answer this browser may bring; null without one. */
async function startLogout(
  ctx: RequestContext,
  connectionId: string,
  { nameId, sessionIndex }: SessionSubject,
): Promise<string | null> {
  const connection = await findSamlConnection(ctx.db, connectionId)
  if (connection === null || connection.idpSloUrl === null) return null
  const signer = await findSigner(ctx, connection)
  const now = ctx.clock.now()
  const id = newRequestId()
  await insertLogoutRequest(ctx.db, {
    id,
    connectionId,
    browserBindingHash: bindBrowser(ctx),
    answer: null,
    createdAt: now,
    expiresAt: plus(now, requestLifetimeSeconds * 1000),
  })
  const xml = makeLogoutRequest({
    id,
    issueInstant: now,
    notOnOrAfter: plus(now, minutes(5)),
    destination: connection.idpSloUrl,
    issuer: connection.spEntityId,
    nameId,
    sessionIndex,
  })
  return redirectUrl({ endpoint: connection.idpSloUrl, parameter: 'SAMLRequest', xml, relayState: null, signer })
}
