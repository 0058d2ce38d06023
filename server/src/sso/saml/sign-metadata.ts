import { createHash, type KeyObject, sign } from 'node:crypto'
import { ds, exclusiveC14n, xenc } from './names.ts'
import { withXml } from './xml.ts'

const canonical = (xml: string): string => withXml(xml, (document) => document.canonicalize(document.root, [], null))

const algorithm = (element: string, uri: string): string => `<ds:${element} Algorithm="${uri}"></ds:${element}>`

/** Signs metadata of ours, enveloped, with RSA-SHA256 (Metadata 3): its signature is the first thing in it. */
export function signMetadata(metadata: string, { key, pem }: { key: KeyObject; pem: string }): string {
  const text = canonical(metadata)
  const digest = createHash('sha256').update(text, 'utf8').digest('base64')
  const signedInfo = canonical(
    [
      `<ds:SignedInfo xmlns:ds="${ds}">`,
      algorithm('CanonicalizationMethod', exclusiveC14n),
      algorithm('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'),
      '<ds:Reference URI="#_metadata"><ds:Transforms>',
      algorithm('Transform', `${ds}enveloped-signature`),
      algorithm('Transform', exclusiveC14n),
      `</ds:Transforms>${algorithm('DigestMethod', `${xenc}sha256`)}<ds:DigestValue>${digest}</ds:DigestValue>`,
      '</ds:Reference></ds:SignedInfo>',
    ].join(''),
  )
  const value = sign('sha256', Buffer.from(signedInfo, 'utf8'), key).toString('base64')
  const certificate = pem.replace(/-----[^-]+-----|\s/g, '')
  const signature = `<ds:Signature xmlns:ds="${ds}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`
  const at = text.indexOf('>') + 1
  return text.slice(0, at) + signature + text.slice(at)
}
