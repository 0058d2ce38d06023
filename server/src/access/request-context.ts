import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { KeyRing } from '../core/sealed-box.ts'
import type { TxtLookup } from '../core/txt-lookup.ts'
import type { Db } from '../db/client.ts'
import type { Actor } from './actor.ts'
import type { Grant } from './grant.ts'
import type { RateLimitState, RateLimits } from './rate-limits.ts'

/** What a request of the API used up. */
export type Usage = {
  /** Of the operation, once it is known (graphql/operation-cost.ts); 0 before. */
  cost: number
  /** What the requests are counted by; null before they are. */
  key: string | null
  /** Of graphqlByActor; null while nothing was counted. */
  rateLimit: RateLimitState | null
}

/** What one request may use: the first argument of every operation. */
export type RequestContext = {
  actor: Actor
  db: Db
  clock: Clock
  log: Log
  requestId: string
  ipAddress: string | null
  userAgent: string | null
  /** Origin under which browsers and identity providers reach us. */
  publicUrl: string
  /** Cookies are Secure and carry the __Host- prefix. */
  secureCookies: boolean
  /** Metadata URLs may lead to private addresses: the operator's decision. */
  allowPrivateMetadataUrls: boolean
  /** The operator has configured mail. */
  sendsMail: boolean
  /** Without mail: what would be sent is kept for a developer to read. */
  devInbox: boolean
  /** The secret that binds single sign-on to this browser, as its cookie carries it. */
  requestSecret: string | null
  /** As the header has it; null without one. */
  idempotencyKey: string | null
  /** Set-Cookie values that the answer will carry. */
  setCookies: string[]
  /** Asks the DNS. */
  lookUpTxt: TxtLookup
  limits: RateLimits
  usage: Usage
  /** What secrets in the database are sealed with. */
  keyRing: KeyRing
  /** Grants read so far in this request, by organization id. */
  grants: Map<string, Promise<Grant | null>>
  /** Answers read once a request and asked by many fields, such as the number of owners. */
  memo: Map<string, Promise<unknown>>
}

/** Reads an answer once a request. */
export function once<T>(ctx: RequestContext, key: string, read: () => Promise<T>): Promise<T> {
  const known = ctx.memo.get(key)
  if (known !== undefined) return known as Promise<T>
  const answer = read()
  ctx.memo.set(key, answer)
  return answer
}
