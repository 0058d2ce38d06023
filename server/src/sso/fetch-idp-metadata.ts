import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { isLoopbackHost } from '../core/loopback.ts'

/** Why metadata could not be fetched, in a sentence for the owner. */
export class MetadataFetchError extends Error {}

const maximumBytes = 1024 * 1024
const timeoutMilliseconds = 5_000

/**
 * Fetches metadata over https. Only addresses on the public internet are connected to, the one that was checked and
 * no other (no second look-up), without redirects, cookies or credentials, within 5 s and 1 MiB.
 * @param allowPrivate lets private addresses and plain http on this machine through, for identity providers inside
 * the operator's network.
 * @throws MetadataFetchError
 */
export async function fetchIdpMetadata(text: string, { allowPrivate }: { allowPrivate: boolean }): Promise<string> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) throw new MetadataFetchError('The metadata URL must be a whole address that starts with https://.')
  const plainHttp = url.protocol === 'http:' && allowPrivate && isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !plainHttp) {
    throw new MetadataFetchError('The metadata URL must start with https://.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new MetadataFetchError('The metadata URL must not contain a user name or password.')
  }
  return download(url, allowPrivate)
}

function download(url: URL, allowPrivate: boolean): Promise<string> {
  const filter = { allowPrivateIPAddress: allowPrivate, allowMetaIPAddress: false }
  const plain = url.protocol === 'http:'
  const agent = plain ? new RequestFilteringHttpAgent(filter) : new RequestFilteringHttpsAgent(filter)
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new MetadataFetchError(message))
    const signal = AbortSignal.timeout(timeoutMilliseconds)
    const headers = { accept: 'application/samlmetadata+xml, application/xml, text/xml' }
    const request = (plain ? httpRequest : httpsRequest)(url, { agent, signal, headers }, (response) => {
      if (response.statusCode !== 200) {
        response.destroy()
        return fail(
          `The metadata URL answered with status ${response.statusCode}, where 200 was expected. Open it in a browser to see why.`,
        )
      }
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maximumBytes) {
          response.destroy()
          return fail('The metadata is larger than 1 MiB.')
        }
        chunks.push(chunk)
      })
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      response.on('error', () => fail('The connection broke while the metadata was read.'))
    })
    request.on('error', (error) => fail(explain(error, url.host)))
    request.end()
  })
}

function explain(error: Error, host: string): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return `${host} did not answer within 5 seconds.`
  if (/not allowed|Because, It is/i.test(error.message)) {
    return `${host} is not on the public internet. Paste the metadata as XML instead, or ask the operator to set ALLOW_PRIVATE_METADATA_URLS=on.`
  }
  return `${host} could not be reached. Check the address, or paste the metadata as XML.`
}
