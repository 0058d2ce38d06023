import { ds, exclusive } from '../../testkit/xml-signature.ts'
import { type Attack, documents } from './attack.ts'
import { afterwards, before, referenceOf, signedSo, transformed } from './signed-so.ts'

const enveloped = `${ds}enveloped-signature`

type Row = Parameters<typeof documents>[1][number]

/** S9, S10, S13: what is done to the content before it is digested. */
export const transforms: Attack[] = [
  ...documents('S9', [
    ...[
      'http://www.w3.org/TR/1999/REC-xslt-19991116',
      'http://www.w3.org/TR/1999/REC-xpath-19991116',
      'http://www.w3.org/2002/06/xmldsig-filter2',
      `${ds}base64`,
      'http://www.w3.org/2002/07/decrypt#XML',
      'urn:x',
      '',
    ].flatMap((uri): Row[] => [
      [`only "${uri}"`, 'ALGORITHM_NOT_ALLOWED', transformed(uri)],
      [`"${uri}" after the two`, 'ALGORITHM_NOT_ALLOWED', transformed(enveloped, exclusive, uri)],
    ]),
    ['none', 'ALGORITHM_NOT_ALLOWED', before((info) => info.replace(/<ds:Transforms>.*<\/ds:Transforms>/, ''))],
    ['only enveloped-signature', 'ALGORITHM_NOT_ALLOWED', transformed(enveloped)],
    ['only canonicalization', 'ALGORITHM_NOT_ALLOWED', transformed(exclusive)],
    ['canonicalization first', 'ALGORITHM_NOT_ALLOWED', transformed(exclusive, enveloped)],
    ['canonicalization twice', 'ALGORITHM_NOT_ALLOWED', transformed(enveloped, exclusive, exclusive)],
    [
      'a stylesheet in a permitted transform',
      'RESPONSE_NOT_ALLOWED',
      before((info) =>
        info.replace(
          '</ds:Transform>',
          '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"></xsl:stylesheet></ds:Transform>',
        ),
      ),
    ],
    [
      'an XPath in a permitted transform',
      'RESPONSE_NOT_ALLOWED',
      before((info) => info.replace('</ds:Transform>', '<ds:XPath>not(//saml:NameID)</ds:XPath></ds:Transform>')),
    ],
  ]),
  ...documents(
    'S10',
    [
      `${exclusive}WithComments`,
      'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
      'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
      'http://www.w3.org/2006/12/xml-c14n11',
      'urn:x',
      '',
    ].flatMap((uri): Row[] => [
      [`"${uri}" of SignedInfo`, 'ALGORITHM_NOT_ALLOWED', signedSo(() => ({ canonicalization: uri }))],
      [`"${uri}" of the content`, 'ALGORITHM_NOT_ALLOWED', transformed(enveloped, uri)],
    ]),
  ),
  ...documents('S13', [
    [
      '40 references',
      'ALGORITHM_NOT_ALLOWED',
      before((info) => info.replace(referenceOf(info), referenceOf(info).repeat(40))),
    ],
    [
      '250 references',
      'RESPONSE_NOT_ALLOWED',
      before((info) => info.replace(referenceOf(info), referenceOf(info).repeat(250))),
    ],
    [
      '200 transforms',
      'ALGORITHM_NOT_ALLOWED',
      signedSo(() => ({ transforms: Array.from({ length: 200 }, () => exclusive) })),
    ],
    [
      '1500 transforms',
      'RESPONSE_NOT_ALLOWED',
      signedSo(() => ({ transforms: Array.from({ length: 1500 }, () => exclusive) })),
    ],
    [
      '60 000 prefixes to canonicalize SignedInfo with',
      'ALGORITHM_NOT_ALLOWED',
      before((info) =>
        info.replace(
          '</ds:CanonicalizationMethod>',
          `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="${'a '.repeat(60_000)}"></ec:InclusiveNamespaces></ds:CanonicalizationMethod>`,
        ),
      ),
    ],
    [
      '60 000 prefixes to canonicalize the content with',
      'ALGORITHM_NOT_ALLOWED',
      before((info) => {
        const last = info.lastIndexOf('</ds:Transform>')
        const list = `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="${'a '.repeat(60_000)}"></ec:InclusiveNamespaces>`
        return info.slice(0, last) + list + info.slice(last)
      }),
    ],
    [
      '60 certificates',
      'SIGNATURE_INVALID',
      (s) =>
        s.told({
          signing: {
            signer: s.keys.mallory,
            changeSignature: (xml) => {
              const data = /<ds:X509Data>.*<\/ds:X509Data>/s.exec(xml)?.[0] ?? ''
              return xml.replace(data, data.repeat(60))
            },
          },
        }),
    ],
    [
      'a signature value of 100 000 characters',
      'SIGNATURE_INVALID',
      afterwards((xml) => xml.replace(/<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${'A'.repeat(100_000)}`)),
    ],
  ]),
]
