import { type KeyObject, sign } from 'node:crypto'

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/**
 * Signs a message in the HTTP-Redirect binding (Bindings 3.4.4.1): over the very octets of the query, from the message
 * to SigAlg. Some receivers sign what they decoded and encoded again instead, so the encoding is the usual one.
 * @param url ends with the message, SAMLRequest or SAMLResponse, and RelayState if there is one.
 */
export function signRedirect(url: string, key: KeyObject): string {
  const start = url.search(/(?<=[?&])SAML(Request|Response)=/)
  if (start === -1) throw new Error('there is no SAML message in this address')
  const signed = `${url.slice(start)}&SigAlg=${encodeURIComponent(rsaSha256)}`
  const signature = sign('sha256', Buffer.from(signed, 'ascii'), key).toString('base64')
  return `${url.slice(0, start)}${signed}&Signature=${encodeURIComponent(signature)}`
}
