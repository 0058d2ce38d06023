import { guardedRequest, RequestProblem } from './guarded-request.ts'
import { type IdpFetch, IdpNotReached } from './oidc/idp-fetch.ts'

/** Discovery documents, keys, tokens and what userinfo says are all far smaller. */
const maximumBytes = 256 * 1024

/** The way to OpenID Connect's endpoints, with the address rules of guardedRequest(). */
export const askIdp =
  ({ allowPrivateMetadataUrls: allowPrivate }: { allowPrivateMetadataUrls: boolean }): IdpFetch =>
  async (url, request) => {
    try {
      return await guardedRequest(url, { ...request, allowPrivate, maximumBytes })
    } catch (error) {
      if (error instanceof RequestProblem) throw new IdpNotReached(sentence(error))
      throw error
    }
  }

function sentence({ kind, host, code }: RequestProblem): string {
  switch (kind) {
    case 'NOT_A_URL':
      return 'The address is not a whole one that starts with https://.'
    case 'NOT_HTTPS':
      return `${host} is to be asked over plain http; it must be https.`
    case 'CREDENTIALS':
      return 'The address contains a user name or password.'
    case 'NOT_PUBLIC':
      return `${host} is not on the public internet. The operator can allow it with ALLOW_PRIVATE_METADATA_URLS=on.`
    case 'REDIRECT':
      return `${host} leads on to another address, which is not followed.`
    case 'COMPRESSED':
      return `${host} answered with compressed content, which was not asked for.`
    case 'TOO_LARGE':
      return `${host} answered with more than 256 KiB.`
    case 'TIMEOUT':
      return `${host} did not answer in full within 5 seconds.`
    case 'UNTRUSTED':
      return `The connection to ${host} is not secure: its TLS certificate is not trusted here (${code}).`
    case 'UNREACHABLE':
      return `${host} could not be reached.`
    default:
      return kind satisfies never
  }
}
