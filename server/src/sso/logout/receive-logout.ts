import type { RequestContext } from '../../access/request-context.ts'
import { seconds } from '../../core/clock.ts'
import { takeSessionCookie } from '../../session/session-cookie.ts'
import { newRequestId } from '../saml/authn-request.ts'
import { parseInstant } from '../saml/check-assertion.ts'
import { forgettableAfter } from '../saml/check-logout.ts'
import { type LogoutProblem, logoutProblem } from '../saml/logout-failure.ts'
import { makeLogoutResponse } from '../saml/logout-message.ts'
import type { LogoutRequest, LogoutResponse } from '../saml/read-logout.ts'
import { redirectUrl } from '../saml/redirect-binding.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { type Carried, type LogoutTrust, verifyLogout } from '../saml/verify-logout.ts'
import { defaultClockSkewSeconds } from '../saml/verify-response.ts'
import { trustedCertificates } from '../saml-connection-view.ts'
import { findSigner } from '../saml-signer.ts'
import { findSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { endSessionsByIdp } from './end-sessions-by-idp.ts'
import { type LogoutRefusal, recordLogoutRefusal, refuseLogout } from './logout-refusal.ts'
import { answerLogoutRequest } from './logout-request.store.ts'

/** Where the browser goes next; or that it is signed out and nobody is to be told; or why the message is refused. */
export type Received = { redirectUrl: string } | { signedOut: true } | { refusal: LogoutRefusal }

/** What the connection trusts; null while it could not tell whose logout messages count. */
function trustOf(ctx: RequestContext, connection: SamlConnectionRow): LogoutTrust | null {
  const certificates = trustedCertificates(connection)
  if (connection.idpEntityId === null || certificates.length === 0) return null
  return {
    idpEntityId: connection.idpEntityId,
    sloUrl: serviceProviderUrls(ctx.publicUrl, connection.id).sloUrl,
    certificates,
    clockSkewSeconds: defaultClockSkewSeconds,
    now: ctx.clock.now(),
  }
}

const finishPath = (connectionId: string, requestId?: string | null): string =>
  `/sso/${connectionId}/slo/finish${requestId == null ? '' : `?request=${encodeURIComponent(requestId)}`}`

/** True for a message that answers ours: the person who brings it signed out here already. */
const isAnswer = (carried: Carried): boolean =>
  carried.binding === 'post'
    ? 'SAMLResponse' in carried.fields && !('SAMLRequest' in carried.fields)
    : /(^|&)SAMLResponse=/.test(carried.query) && !/(^|&)SAMLRequest=/.test(carried.query)

/**
 * The single logout service: what the browser brings from the identity provider, by address or by a form of another
 * site, and so perhaps without our cookies. Only a signed message has an effect. Whoever brings an answer that does
 * not count sees no error: they are signed out here, and are told that they may not be over there.
 */
export async function receiveLogout(ctx: RequestContext, connectionId: string, carried: Carried): Promise<Received> {
  const address = ctx.ipAddress ?? 'unknown'
  await ctx.limits.check('sloRefusedByAddress', address)
  const connection = await findSamlConnection(ctx.db, connectionId)
  if (connection === null) {
    await ctx.limits.consume('sloRefusedByAddress', address)
    return { refusal: { reason: 'CONNECTION_NOT_FOUND', reference: ctx.requestId } }
  }
  const refuse = async (problem: LogoutProblem): Promise<Received> => {
    await ctx.limits.consume('sloRefusedByAddress', address)
    const refusal = await refuseLogout(ctx, connection, problem)
    return isAnswer(carried) ? { redirectUrl: finishPath(connection.id) } : { refusal }
  }
  const trust = trustOf(ctx, connection)
  if (trust === null) {
    return refuse(logoutProblem('CONNECTION_INCOMPLETE', 'a known certificate and entity ID', 'one of them is missing'))
  }
  const verified = verifyLogout(carried, trust)
  if ('reason' in verified) return refuse(verified)
  const { message, relayState } = verified
  if (message.kind === 'request') {
    const received = await obey(ctx, connection, trust, message, relayState)
    if ('refusal' in received) await ctx.limits.consume('sloRefusedByAddress', address)
    return received
  }
  const problem = await noteAnswer(ctx, connection, message)
  return problem === null ? { redirectUrl: finishPath(connection.id, message.inResponseTo) } : refuse(problem)
}

/** Profiles 4.4.3.5: counts for an open request of ours, once. Whose browser it is shows in finishLogout(). */
async function noteAnswer(
  ctx: RequestContext,
  { id: connectionId }: SamlConnectionRow,
  { inResponseTo, complete }: LogoutResponse,
): Promise<LogoutProblem | null> {
  const outcome = { answer: complete ? ('success' as const) : ('incomplete' as const), now: ctx.clock.now() }
  if (inResponseTo !== null && (await answerLogoutRequest(ctx.db, connectionId, inResponseTo, outcome))) return null
  return logoutProblem('REQUEST_UNKNOWN', 'an open LogoutRequest of this connection', inResponseTo ?? 'none')
}

/** Profiles 4.4.3.2: the sessions end at once, whether or not the identity provider can be answered. */
async function obey(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  trust: LogoutTrust,
  request: LogoutRequest,
  relayState: string | null,
): Promise<Received> {
  const { id, nameId, sessionIndexes, issuer, notOnOrAfter } = request
  if (nameId === null || issuer === null) throw new Error('a LogoutRequest passed without NameID or Issuer')
  const rememberUntil = forgettableAfter(trust)
  const end = notOnOrAfter === null ? null : parseInstant(notOnOrAfter)
  const ends = new Date((end?.getTime() ?? 0) + seconds(trust.clockSkewSeconds))
  const endedUntil = ends > rememberUntil ? ends : rememberUntil
  const order = { id, issuer: issuer.value, nameId, sessionIndexes, rememberUntil, endedUntil }
  const outcome = await ctx.db.transaction(async (tx) => {
    const done = await endSessionsByIdp(ctx, tx, connection, order)
    return 'ended' in done ? done : { refusal: await recordLogoutRefusal(ctx, tx, connection, done.problem) }
  })
  if ('refusal' in outcome) return outcome
  if (ctx.actor.kind === 'user' && outcome.ended.includes(ctx.actor.sessionId)) takeSessionCookie(ctx)
  const endpoint = connection.idpSloResponseUrl ?? connection.idpSloUrl
  if (endpoint === null) return { signedOut: true }
  try {
    return { redirectUrl: await answer(ctx, connection, endpoint, { inResponseTo: id, relayState }) }
  } catch (err) {
    ctx.log.error({ err, requestId: ctx.requestId }, 'the identity provider is not told of a logout')
    return { signedOut: true }
  }
}

/** The address that tells the identity provider that its order was carried out. */
async function answer(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  endpoint: string,
  { inResponseTo, relayState }: { inResponseTo: string; relayState: string | null },
): Promise<string> {
  const signer = await findSigner(ctx, connection)
  const xml = makeLogoutResponse({
    id: newRequestId(),
    issueInstant: ctx.clock.now(),
    destination: endpoint,
    issuer: connection.spEntityId,
    inResponseTo,
  })
  return redirectUrl({ endpoint, parameter: 'SAMLResponse', xml, relayState, signer })
}
