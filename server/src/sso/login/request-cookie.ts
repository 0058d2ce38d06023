import { randomSecret, sha256 } from '../../core/secrets.ts'
import { setCookie } from '../../session/session-cookie.ts'

/**
 * Binds an AuthnRequest to the browser that started it. Without this cookie a response completes nothing, so that
 * nobody signs another person's browser in (login CSRF) and no stolen response is of use elsewhere.
 */
export const requestCookie = 'gatehouse_sso'

/** How long a request stays open, in seconds; the cookie lives as long after the last one. */
export const requestLifetimeSeconds = 600

/** The browser's secret: the one it has, so that two tabs do not disturb each other, or a new one. */
export function bindBrowser(ctx: {
  requestSecret: string | null
  setCookies: string[]
  secureCookies: boolean
}): string {
  const known = ctx.requestSecret
  const secret = known !== null && /^[\w-]{43}$/.test(known) ? known : randomSecret()
  ctx.setCookies.push(setCookie(requestCookie, secret, ctx.secureCookies, requestLifetimeSeconds))
  return sha256(secret)
}

/** True when the browser is the one that holds the secret with this hash. */
export const isBoundBrowser = (ctx: { requestSecret: string | null }, bindingHash: string): boolean =>
  ctx.requestSecret !== null && sha256(ctx.requestSecret) === bindingHash
