import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isLoopbackHost } from '../core/loopback.ts'
import { AddressRefused, guardedLookup, isAllowedAddress, literalAddress } from './guarded-lookup.ts'

export type RequestProblemKind =
  | 'NOT_A_URL'
  | 'NOT_HTTPS'
  | 'CREDENTIALS'
  | 'NOT_PUBLIC'
  | 'REDIRECT'
  | 'COMPRESSED'
  | 'TOO_LARGE'
  | 'TIMEOUT'
  | 'UNTRUSTED'
  | 'UNREACHABLE'

/** Why an identity provider was not asked, or its answer not taken. `host` is as the address names it. */
export class RequestProblem extends Error {
  readonly kind: RequestProblemKind
  readonly host: string
  /** The error's own code, such as ECONNREFUSED. */
  readonly code: string | null

  constructor(kind: RequestProblemKind, host = '', code: string | null = null) {
    super(`${kind} ${host}`)
    this.kind = kind
    this.host = host
    this.code = code
  }
}

export type RequestOptions = {
  /** Lets private addresses and plain http on this machine through, for identity providers inside the operator's network. */
  allowPrivate: boolean
  maximumBytes: number
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Asks for addresses; the operating system's way unless a test has names of its own. */
  lookup?: LookupFunction
  /** Certificates to trust instead of the usual ones. */
  ca?: string
  /** For everything from the look-up to the last byte. */
  timeoutMilliseconds?: number
}

export type GuardedAnswer = { status: number; headers: Record<string, string>; body: string }

/**
 * Sends a request to an identity provider over https. Only addresses on the public internet are connected to, the one
 * that was checked and no other (no second look-up), without redirects, cookies or compression, within 5 s and a
 * maximum of bytes. @throws RequestProblem
 */
export async function guardedRequest(text: string, options: RequestOptions): Promise<GuardedAnswer> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) throw new RequestProblem('NOT_A_URL')
  const plainHttp = url.protocol === 'http:' && options.allowPrivate && isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !plainHttp) throw new RequestProblem('NOT_HTTPS', url.host)
  if (url.username !== '' || url.password !== '') throw new RequestProblem('CREDENTIALS', url.host)
  const address = literalAddress(url.hostname)
  if (address !== null && !isAllowedAddress(address, options.allowPrivate)) {
    throw new RequestProblem('NOT_PUBLIC', url.host)
  }
  return send(url, options)
}

function send(url: URL, options: RequestOptions): Promise<GuardedAnswer> {
  const { allowPrivate, lookup = systemLookup as LookupFunction, ca, timeoutMilliseconds = 5_000 } = options
  const open = url.protocol === 'http:' ? httpRequest : httpsRequest
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(explain(error, url.host))
    const settings = {
      method: options.method ?? 'GET',
      // A connection of its own: none that is kept was checked for this request.
      agent: false,
      lookup: guardedLookup(lookup, allowPrivate),
      signal: AbortSignal.timeout(timeoutMilliseconds),
      headers: {
        ...options.headers,
        'accept-encoding': 'identity',
        ...(options.body !== undefined && { 'content-length': String(Buffer.byteLength(options.body)) }),
      },
      ...(ca !== undefined && { ca }),
    }
    const request = open(url, settings, (response) => void readAnswer(response, url, options).then(resolve, fail))
    request.on('error', fail)
    request.end(options.body)
  })
}

async function readAnswer(
  response: IncomingMessage,
  url: URL,
  { maximumBytes }: RequestOptions,
): Promise<GuardedAnswer> {
  const refuse = (kind: RequestProblemKind): never => {
    response.destroy()
    throw new RequestProblem(kind, url.host)
  }
  const { statusCode: status = 0, headers } = response
  if (status >= 300 && status < 400) refuse('REDIRECT')
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') refuse('COMPRESSED')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maximumBytes) refuse('TOO_LARGE')
    chunks.push(chunk)
  }
  const plain = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  return { status, headers: Object.fromEntries(plain), body: Buffer.concat(chunks).toString('utf8') }
}

const untrusted = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_)/

function explain(error: Error & { code?: string }, host: string): RequestProblem {
  if (error instanceof RequestProblem) return error
  if (error instanceof AddressRefused) return new RequestProblem('NOT_PUBLIC', host)
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return new RequestProblem('TIMEOUT', host)
  const { code = null } = error
  return new RequestProblem(untrusted.test(code ?? '') ? 'UNTRUSTED' : 'UNREACHABLE', host, code)
}
