import type { RequestContext } from '../../access/request-context.ts'
import { sha256 } from '../../core/secrets.ts'
import { isRequestId } from '../saml/authn-request.ts'
import { takeAnsweredLogoutRequest } from './logout-request.store.ts'

/**
 * The end of a sign-out that began here: the browser comes back, same-site and so with its cookies. It learns that all
 * is over only when the request was its own; somebody who is signed in is led on, and told nothing untrue.
 * @returns the path that comes next.
 */
export async function finishLogout(ctx: RequestContext, connectionId: string, requestId: unknown): Promise<string> {
  const secret = ctx.requestSecret
  const finished =
    isRequestId(requestId) && secret !== null
      ? await takeAnsweredLogoutRequest(ctx.db, connectionId, requestId, sha256(secret))
      : null
  if (ctx.actor.kind === 'user') return '/'
  return `/sign-in?signedOut=${finished?.answer === 'success' ? 'everywhere' : 'here'}`
}
