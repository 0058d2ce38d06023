import { guardedRequest, type RequestOptions, RequestProblem } from './guarded-request.ts'

/** Why metadata could not be fetched, in a sentence for the owner. */
export class MetadataFetchError extends Error {}

export type FetchOptions = Pick<RequestOptions, 'allowPrivate' | 'lookup' | 'ca' | 'timeoutMilliseconds'>

/** Fetches metadata as guardedRequest() does, up to 1 MiB. @throws MetadataFetchError */
export async function fetchIdpMetadata(text: string, options: FetchOptions): Promise<string> {
  const headers = { accept: 'application/samlmetadata+xml, application/xml, text/xml' }
  try {
    const { status, body } = await guardedRequest(text, { ...options, maximumBytes: 1024 * 1024, headers })
    if (status === 200) return body
    throw new MetadataFetchError(
      `The metadata URL answered with status ${status}, where 200 was expected. Open it in a browser to see why.`,
    )
  } catch (error) {
    if (error instanceof RequestProblem) throw new MetadataFetchError(sentence(error))
    throw error
  }
}

function sentence({ kind, host, code }: RequestProblem): string {
  switch (kind) {
    case 'NOT_A_URL':
      return 'The metadata URL must be a whole address that starts with https://.'
    case 'NOT_HTTPS':
      return 'The metadata URL must start with https://.'
    case 'CREDENTIALS':
      return 'The metadata URL must not contain a user name or password.'
    case 'NOT_PUBLIC':
      return `${host} is not on the public internet. Paste the metadata as XML instead, or ask the operator to set ALLOW_PRIVATE_METADATA_URLS=on.`
    case 'REDIRECT':
      return 'The metadata URL leads on to another address. Open it in a browser, and enter the address it ends at.'
    case 'COMPRESSED':
      return 'The metadata URL answered with compressed content, which was not asked for. Paste the metadata as XML.'
    case 'TOO_LARGE':
      return 'The metadata is larger than 1 MiB.'
    case 'TIMEOUT':
      return `${host} did not answer in full within 5 seconds.`
    case 'UNTRUSTED':
      return `The connection to ${host} is not secure: its TLS certificate is not trusted here (${code}). Paste the metadata as XML instead.`
    case 'UNREACHABLE':
      return `${host} could not be reached. Check the address, or paste the metadata as XML.`
    default:
      return kind satisfies never
  }
}
