import { parseCookie, stringifySetCookie } from 'cookie'

/**
 * A cookie of ours: HttpOnly, SameSite=Lax, Path=/. On https it is Secure and carries the `__Host-` prefix, so that
 * no sibling host and no plain http page can set it (RFC 6265bis 4.1.3.2).
 */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name
}

/** A Set-Cookie value. `maxAge` in seconds; 0 deletes the cookie. */
export function setCookie(name: string, value: string, secure: boolean, maxAge: number): string {
  return stringifySetCookie({
    name: cookieName(name, secure),
    value,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge,
  })
}

/** The value of one of our cookies in a Cookie header, or null. */
export function readCookie(header: string | undefined, name: string, secure: boolean): string | null {
  return parseCookie(header ?? '')[cookieName(name, secure)] || null
}

export const sessionCookie = 'gatehouse_session'

/** Lets the answer carry a new session's cookie. */
export function giveSessionCookie(
  ctx: { setCookies: string[]; secureCookies: boolean },
  session: { secret: string; maxAge: number },
): void {
  ctx.setCookies.push(setCookie(sessionCookie, session.secret, ctx.secureCookies, session.maxAge))
}

/** Lets the answer take the session's cookie away. */
export function takeSessionCookie(ctx: { setCookies: string[]; secureCookies: boolean }): void {
  ctx.setCookies.push(setCookie(sessionCookie, '', ctx.secureCookies, 0))
}
