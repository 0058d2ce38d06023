import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RateLimits } from '../access/rate-limits.ts'
import type { RequestContext } from '../access/request-context.ts'
import type { Config } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { KeyRing } from '../core/sealed-box.ts'
import type { TxtLookup } from '../core/txt-lookup.ts'
import type { Db } from '../db/client.ts'
import { readCookie } from '../session/session-cookie.ts'
import { requestCookie } from '../sso/login/request-cookie.ts'
import { authenticate } from './authenticate.ts'

export type AppParts = {
  config: Config
  db: Db
  clock: Clock
  log: Log
  limits: RateLimits
  keyRing: KeyRing
  lookUpTxt: TxtLookup
}

const contexts = new WeakMap<FastifyRequest, RequestContext>()

/** Makes the context of a request: the first argument of every operation it leads to. */
export async function createRequestContext(request: FastifyRequest, parts: AppParts): Promise<RequestContext> {
  const { config, db, clock, limits, keyRing, lookUpTxt } = parts
  const { publicUrl, secureCookies } = config
  const ctx: RequestContext = {
    actor: await authenticate(request, { db, clock, secureCookies }),
    db,
    clock,
    limits,
    keyRing,
    lookUpTxt,
    log: parts.log,
    requestId: request.id,
    ipAddress: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, 400) ?? null,
    publicUrl,
    secureCookies,
    allowPrivateMetadataUrls: config.allowPrivateMetadataUrls,
    sendsMail: config.mail !== null,
    devInbox: config.devInbox,
    requestSecret: readCookie(request.headers.cookie, requestCookie, secureCookies),
    idempotencyKey: request.headers['idempotency-key']?.toString() ?? null,
    setCookies: [],
    grants: new Map(),
    memo: new Map(),
    usage: { cost: 0, key: null, rateLimit: null },
  }
  contexts.set(request, ctx)
  return ctx
}

/** Before an answer goes out: the cookies that its operations set. */
export function sendCookies(request: FastifyRequest, reply: FastifyReply): void {
  const cookies = contexts.get(request)?.setCookies ?? []
  if (cookies.length > 0) reply.header('set-cookie', cookies)
}
