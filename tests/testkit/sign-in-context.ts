import { createHash } from 'node:crypto'
import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm'
import type { SigningKey } from './certificates.ts'
import {
  digestAlgorithms,
  ds,
  exclusive,
  keyInfo,
  type SignOptions,
  signatureAlgorithms,
  signatureValue,
} from './xml-signature.ts'

export type ContextOptions = Pick<SignOptions, 'signer' | 'algorithm' | 'digest' | 'keyInfo' | 'changeSignature'> & {
  /** Of the signature's names; empty: its namespace is the default one. */
  prefix?: string
  /** InclusiveNamespaces of the content, of SignedInfo. */
  prefixList?: string
  signedInfoPrefixList?: string
  /** White space between the signature's elements. */
  between?: string
}

const unmade = 'signature-value'

/** Exclusive Canonical XML 1.0 of the element in the place where it stands. */
function canonicalAt(xml: string, xpath: string, prefixList = ''): string {
  const document = XmlDocument.fromString(xml)
  try {
    const element = document.get(xpath)
    if (!(element instanceof XmlElement)) throw new Error(`there is no ${xpath} to sign`)
    const inclusiveNamespacePrefixes = prefixList.split(' ').filter((prefix) => prefix !== '')
    return element.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, inclusiveNamespacePrefixes })
  } finally {
    document.dispose()
  }
}

const inclusive = (prefixList: string | undefined): string =>
  prefixList === undefined
    ? ''
    : `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="${prefixList}"></ec:InclusiveNamespaces>`

/**
 * Signs the element with this ID where it stands in the document, enveloped, after its Issuer. The document may be
 * written in any way: with any prefixes, with white space, with a declaration.
 */
export function signInContext(xml: string, id: string, signer: SigningKey, options: ContextOptions = {}): string {
  const name = options.prefix === undefined ? 'ds:' : options.prefix === '' ? '' : `${options.prefix}:`
  const declaration = name === '' ? 'xmlns' : `xmlns:${name.slice(0, -1)}`
  const between = options.between ?? ''
  const algorithm = signatureAlgorithms[options.algorithm ?? 'rsa-sha256']
  const digest = options.digest ?? 'sha256'
  const element = (local: string, attributes: string, content = ''): string =>
    `<${name}${local}${attributes}>${content}</${name}${local}>${between}`
  const canonical = canonicalAt(xml, `//*[@ID="${id}"]`, options.prefixList)
  const transforms =
    element('Transform', ` Algorithm="${ds}enveloped-signature"`) +
    element('Transform', ` Algorithm="${exclusive}"`, inclusive(options.prefixList))
  const reference =
    element('Transforms', '', between + transforms) +
    element('DigestMethod', ` Algorithm="${digestAlgorithms[digest]}"`) +
    element('DigestValue', '', createHash(digest).update(canonical, 'utf8').digest('base64'))
  const signedInfo =
    element('CanonicalizationMethod', ` Algorithm="${exclusive}"`, inclusive(options.signedInfoPrefixList)) +
    element('SignatureMethod', ` Algorithm="${algorithm.uri}"`) +
    element('Reference', ` URI="#${id}"`, between + reference)
  const signature = element(
    'Signature',
    ` ${declaration}="${ds}"`,
    between +
      element('SignedInfo', '', between + signedInfo) +
      element('SignatureValue', '', unmade) +
      keyInfo(options.signer ?? signer, options.keyInfo, name),
  ).trimEnd()
  const start = xml.indexOf(`"${id}"`)
  const [issuerEnd = ''] = /<\/(?:[^\s<>/:]+:)?Issuer>/.exec(xml.slice(start)) ?? []
  const at = xml.indexOf(issuerEnd, start) + issuerEnd.length
  const finished = (options.changeSignature ?? ((unchanged: string) => unchanged))(signature)
  const withSignature = xml.slice(0, at) + finished + xml.slice(at)
  const xpath = `//*[@ID="${id}"]/*[local-name()="Signature"]/*[local-name()="SignedInfo"]`
  const value = signatureValue(canonicalAt(withSignature, xpath, options.signedInfoPrefixList), signer, options)
  return withSignature.replace(unmade, value)
}
