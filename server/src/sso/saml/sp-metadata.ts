import { publishedMethods } from './encryption-method.ts'
import { escapeXml } from './escape-xml.ts'
import { ds, md, postBinding, samlp } from './names.ts'

export type SpMetadata = {
  spEntityId: string
  acsUrl: string
  signAuthnRequests: boolean
  allowCbcEncryption: boolean
  /** PEM, those that count now before those that will. */
  certificates: readonly { use: 'signing' | 'encryption'; pem: string }[]
}

const base64Of = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

/** Metadata 2.4.1.1. What may be used to encrypt is named, best first, because nothing else would be decrypted. */
function keyDescriptor({ use, pem }: SpMetadata['certificates'][number], allowCbc: boolean): string {
  const methods = use === 'encryption' ? publishedMethods(allowCbc) : []
  return [
    `<md:KeyDescriptor use="${use}">`,
    `<ds:KeyInfo xmlns:ds="${ds}"><ds:X509Data><ds:X509Certificate>${base64Of(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    ...methods.map((method) => `<md:EncryptionMethod Algorithm="${method}"></md:EncryptionMethod>`),
    '</md:KeyDescriptor>',
  ].join('')
}

/**
 * Our metadata for one connection (Metadata 2.3.2, 2.4.4). It says nothing that changes by itself, so that it may be
 * fetched again at any time. Its ID is for a signature.
 */
export function spMetadata({
  spEntityId,
  acsUrl,
  signAuthnRequests,
  allowCbcEncryption,
  certificates,
}: SpMetadata): string {
  return [
    `<md:EntityDescriptor xmlns:md="${md}" ID="_metadata" entityID="${escapeXml(spEntityId)}">`,
    `<md:SPSSODescriptor AuthnRequestsSigned="${signAuthnRequests}" WantAssertionsSigned="true" protocolSupportEnumeration="${samlp}">`,
    ...certificates.map((certificate) => keyDescriptor(certificate, allowCbcEncryption)),
    `<md:AssertionConsumerService Binding="${postBinding}" Location="${escapeXml(acsUrl)}" index="0" isDefault="true"></md:AssertionConsumerService>`,
    '</md:SPSSODescriptor></md:EntityDescriptor>',
  ].join('')
}
