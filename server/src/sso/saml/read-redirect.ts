import { inflateRawSync } from 'node:zlib'
import type { IdpCertificate } from './certificate.ts'
import { decodeBase64, guardBytes, longestResponse } from './decode-response.ts'
import { type Delivered, oneMessage, relayStateOf, unreadable } from './delivered-message.ts'
import { type LogoutProblem, logoutProblem } from './logout-failure.ts'
import { allowedAlgorithm, isSignedWith } from './verify-signature.ts'

const known = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const
type Parameter = (typeof known)[number]

const deflate = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE'

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}

/**
 * The parameters with their values as they arrived, still encoded: what was signed. Each may come once and only under
 * its plain name, so that nobody reads another value than the one whose signature was checked.
 */
function readQuery(query: string): Map<Parameter, string> | LogoutProblem {
  const found = new Map<Parameter, string>()
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=')
    const name = at === -1 ? pair : pair.slice(0, at)
    const parameter = known.find((each) => each.toLowerCase() === percentDecoded(name)?.trim().toLowerCase())
    if (parameter === undefined) continue
    if (name !== parameter || found.has(parameter)) {
      return logoutProblem('MESSAGE_AMBIGUOUS', `${parameter} once`, `${parameter} twice, or written in another way`)
    }
    found.set(parameter, at === -1 ? '' : pair.slice(at + 1))
  }
  return found
}

/** Bindings 3.4.4.1: over the parameters in this order, in the encoding in which they arrived. */
function checkQuerySignature(
  query: Map<Parameter, string>,
  certificates: readonly IdpCertificate[],
): LogoutProblem | null {
  const algorithmUri = percentDecoded(query.get('SigAlg') ?? '') ?? ''
  const signature = percentDecoded(query.get('Signature') ?? '') ?? ''
  if (algorithmUri === '' || signature === '') {
    return logoutProblem('SIGNATURE_MISSING', 'a signed message', 'no signature')
  }
  const algorithm = allowedAlgorithm(algorithmUri)
  if (algorithm === undefined) {
    return logoutProblem('ALGORITHM_NOT_ALLOWED', 'RSA or ECDSA with SHA-256 or better', algorithmUri)
  }
  const value = decodeBase64(signature)
  if ('reason' in value) return logoutProblem('SIGNATURE_INVALID', 'a signature in Base64', 'something else')
  const octets = (['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg'] as const)
    .flatMap((name) => (query.has(name) ? [`${name}=${query.get(name)}`] : []))
    .join('&')
  const signed = { algorithm, signedInfo: octets, value: value.bytes }
  if (certificates.some((certificate) => isSignedWith(certificate, signed))) return null
  const trusted = certificates.map((certificate) => certificate.fingerprintSha256).join(' or ')
  return logoutProblem('SIGNATURE_INVALID', trusted, 'a signature by another key, or of another message')
}

function inflate(bytes: Buffer): Buffer | LogoutProblem {
  try {
    return inflateRawSync(bytes, { maxOutputLength: longestResponse })
  } catch (error) {
    const tooLarge = error instanceof RangeError
    return tooLarge
      ? logoutProblem('MESSAGE_TOO_LARGE', 'at most 256 KiB', 'more, once inflated')
      : logoutProblem('MESSAGE_MALFORMED', 'a deflated message', 'something that cannot be inflated')
  }
}

/**
 * A message by HTTP-Redirect. Nothing is inflated, and nothing read, before the signature over the query holds.
 * @param query as it arrived, without the question mark.
 */
export function readRedirect(query: string, certificates: readonly IdpCertificate[]): Delivered | LogoutProblem {
  const parameters = readQuery(query)
  if ('reason' in parameters) return parameters
  const one = oneMessage(parameters.get('SAMLRequest'), parameters.get('SAMLResponse'))
  if ('reason' in one) return one
  const encoding = parameters.get('SAMLEncoding')
  if (encoding !== undefined && percentDecoded(encoding) !== deflate) {
    return logoutProblem('MESSAGE_NOT_ALLOWED', deflate, percentDecoded(encoding) ?? 'an encoding that cannot be read')
  }
  const refused = checkQuerySignature(parameters, certificates)
  if (refused !== null) return refused
  const relay = relayStateOf(percentDecoded(parameters.get('RelayState') ?? '') || null)
  if ('reason' in relay) return relay
  const deflated = decodeBase64(percentDecoded(one.message) ?? '')
  if ('reason' in deflated) return unreadable(deflated)
  const bytes = inflate(deflated.bytes)
  if ('reason' in bytes) return bytes
  const guarded = guardBytes(bytes)
  return 'reason' in guarded ? unreadable(guarded) : { kind: one.kind, text: guarded.text, ...relay }
}
