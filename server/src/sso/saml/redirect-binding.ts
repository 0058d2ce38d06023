import { deflateRawSync } from 'node:zlib'
import type { MessageSigner } from './message-signer.ts'
import { rsaSha256 } from './names.ts'

/**
 * The address that carries a message by HTTP-Redirect (Bindings 3.4): deflated, in Base64, and with a signature over
 * the query as it is sent (3.4.4.1). Without a signer it goes unsigned.
 * @param endpoint of the identity provider; it may have a query of its own.
 */
export function redirectUrl({
  endpoint,
  parameter,
  xml,
  relayState,
  signer,
}: {
  endpoint: string
  parameter: 'SAMLRequest' | 'SAMLResponse'
  xml: string
  relayState: string | null
  signer: MessageSigner | null
}): string {
  const message = deflateRawSync(Buffer.from(xml, 'utf8')).toString('base64')
  const fields = [
    [parameter, message],
    ...(relayState === null ? [] : [['RelayState', relayState]]),
    ...(signer === null ? [] : [['SigAlg', rsaSha256]]),
  ]
  const octets = fields.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')
  const signature = signer?.sign(Buffer.from(octets, 'ascii')).toString('base64')
  const query = signature === undefined ? octets : `${octets}&Signature=${encodeURIComponent(signature)}`
  return `${endpoint}${endpoint.includes('?') ? '&' : '?'}${query}`
}
