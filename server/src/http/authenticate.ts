import type { FastifyRequest } from 'fastify'
import type { Actor } from '../access/actor.ts'
import { authenticateAccessToken } from '../access-token/authenticate-access-token.ts'
import type { Clock } from '../core/clock.ts'
import type { Db } from '../db/client.ts'
import { authenticateSession } from '../session/authenticate-session.ts'
import { readCookie, sessionCookie } from '../session/session-cookie.ts'

const refusedToken =
  'The access token is not valid: it was mistyped, has expired or was revoked. Create a new one in the console.'

/**
 * Who sent the request: a bearer token counts alone, whatever cookies come with it; else the session cookie. A
 * credential that does not count makes nobody of the sender, and says why.
 */
export async function authenticate(
  request: FastifyRequest,
  { db, clock, secureCookies }: { db: Db; clock: Clock; secureCookies: boolean },
): Promise<Actor> {
  const { authorization, cookie } = request.headers
  if (authorization !== undefined) {
    const [, secret = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    return (await authenticateAccessToken(db, clock, secret)) ?? { kind: 'anonymous', reason: refusedToken }
  }
  const secret = readCookie(cookie, sessionCookie, secureCookies)
  if (secret === null) return { kind: 'anonymous' }
  return (
    (await authenticateSession(db, clock, secret)) ?? {
      kind: 'anonymous',
      reason: 'Your session has ended. Sign in to continue.',
    }
  )
}
