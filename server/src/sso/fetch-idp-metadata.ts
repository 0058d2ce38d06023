import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isLoopbackHost } from '../core/loopback.ts'
import { AddressRefused, guardedLookup, isAllowedAddress, literalAddress } from './guarded-lookup.ts'

/** Why metadata could not be fetched, in a sentence for the owner. */
export class MetadataFetchError extends Error {}

const maximumBytes = 1024 * 1024

export type FetchOptions = {
  /** Lets private addresses and plain http on this machine through, for identity providers inside the operator's network. */
  allowPrivate: boolean
  /** Asks for addresses; the operating system's way unless a test has names of its own. */
  lookup?: LookupFunction
  /** Certificates to trust instead of the usual ones. */
  ca?: string
  /** For everything from the look-up to the last byte. */
  timeoutMilliseconds?: number
}

/**
 * Fetches metadata over https. Only addresses on the public internet are connected to, the one that was checked and
 * no other (no second look-up), without redirects, cookies, credentials or compression, within 5 s and 1 MiB.
 * @throws MetadataFetchError
 */
export async function fetchIdpMetadata(text: string, options: FetchOptions): Promise<string> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) throw new MetadataFetchError('The metadata URL must be a whole address that starts with https://.')
  const plainHttp = url.protocol === 'http:' && options.allowPrivate && isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !plainHttp) {
    throw new MetadataFetchError('The metadata URL must start with https://.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new MetadataFetchError('The metadata URL must not contain a user name or password.')
  }
  const address = literalAddress(url.hostname)
  if (address !== null && !isAllowedAddress(address, options.allowPrivate)) throw notPublic(url.host)
  return download(url, options)
}

const notPublic = (host: string): MetadataFetchError =>
  new MetadataFetchError(
    `${host} is not on the public internet. Paste the metadata as XML instead, or ask the operator to set ALLOW_PRIVATE_METADATA_URLS=on.`,
  )

function download(url: URL, options: FetchOptions): Promise<string> {
  const { allowPrivate, lookup = systemLookup as LookupFunction, ca, timeoutMilliseconds = 5_000 } = options
  const send = url.protocol === 'http:' ? httpRequest : httpsRequest
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(explain(error, url.host))
    const settings = {
      // A connection of its own: none that is kept was checked for this request.
      agent: false,
      lookup: guardedLookup(lookup, allowPrivate),
      signal: AbortSignal.timeout(timeoutMilliseconds),
      headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml', 'accept-encoding': 'identity' },
      ...(ca !== undefined && { ca }),
    }
    const request = send(url, settings, (response) => void readBody(response).then(resolve, fail))
    request.on('error', fail)
    request.end()
  })
}

async function readBody(response: IncomingMessage): Promise<string> {
  const refuse = (message: string): never => {
    response.destroy()
    throw new MetadataFetchError(message)
  }
  const { statusCode = 0, headers } = response
  if (statusCode >= 300 && statusCode < 400) {
    refuse('The metadata URL leads on to another address. Open it in a browser, and enter the address it ends at.')
  }
  if (statusCode !== 200) {
    refuse(
      `The metadata URL answered with status ${statusCode}, where 200 was expected. Open it in a browser to see why.`,
    )
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    refuse('The metadata URL answered with compressed content, which was not asked for. Paste the metadata as XML.')
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maximumBytes) refuse('The metadata is larger than 1 MiB.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const untrusted = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_)/

function explain(error: Error & { code?: string }, host: string): MetadataFetchError {
  if (error instanceof MetadataFetchError) return error
  if (error instanceof AddressRefused) return notPublic(host)
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return new MetadataFetchError(`${host} did not answer in full within 5 seconds.`)
  }
  if (untrusted.test(error.code ?? '')) {
    return new MetadataFetchError(
      `The connection to ${host} is not secure: its TLS certificate is not trusted here (${error.code}). Paste the metadata as XML instead.`,
    )
  }
  return new MetadataFetchError(`${host} could not be reached. Check the address, or paste the metadata as XML.`)
}
