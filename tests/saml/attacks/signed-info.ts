import { createHash } from 'node:crypto'
import { ds } from '../../testkit/xml-signature.ts'
import { type Attack, documents } from './attack.ts'
import { afterIssuer, signatureOf, withoutSignature } from './scene.ts'
import { afterwards, before, referenceOf, signedSo } from './signed-so.ts'

const referring = (uri: string) => signedSo(() => ({ referenceUri: uri }))

type Row = Parameters<typeof documents>[1][number]

/** S6 to S8, S11: what exactly was signed. */
export const signedInfo: Attack[] = [
  ...documents('S6', [
    [
      'a comment in the digest',
      'RESPONSE_NOT_ALLOWED',
      (s) => {
        const forged = s.sameId(s.forged)
        const digest = createHash('sha256').update(forged).digest('base64')
        const signature = signatureOf(s.assertion).replace('<ds:DigestValue>', `<ds:DigestValue><!--${digest}-->`)
        return s.respond(afterIssuer(forged, signature))
      },
    ],
    [
      'two SignedInfo elements',
      'RESPONSE_MALFORMED',
      (s) => {
        const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(s.assertion)?.[0] ?? ''
        return s.respond(s.assertion.replace(info, info + info))
      },
    ],
    [
      'a second SignedInfo in an object',
      'RESPONSE_NOT_ALLOWED',
      (s) => {
        const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(s.assertion)?.[0] ?? ''
        return s.respond(s.assertion.replace('</ds:Signature>', `<ds:Object>${info}</ds:Object></ds:Signature>`))
      },
    ],
    [
      'the digest changed to fit the forged assertion',
      'SIGNATURE_INVALID',
      (s) => {
        const forged = s.sameId(s.forged)
        const digest = createHash('sha256').update(forged).digest('base64')
        const signature = signatureOf(s.assertion).replace(/<ds:DigestValue>[^<]*/, `<ds:DigestValue>${digest}`)
        return s.respond(afterIssuer(forged, signature))
      },
    ],
  ]),
  ...documents('S7', [
    [
      'a digest put in before the signed one',
      'RESPONSE_MALFORMED',
      afterwards((xml) => xml.replace('<ds:DigestValue>', '<ds:DigestValue>AAAA</ds:DigestValue><ds:DigestValue>')),
    ],
    [
      'a digest that is an element',
      'RESPONSE_MALFORMED',
      afterwards((xml) => xml.replace(/<ds:DigestValue>([^<]*)/, '<ds:DigestValue><x>$1</x>')),
    ],
    [
      'a reference put in after signing',
      'ALGORITHM_NOT_ALLOWED',
      afterwards((xml) => xml.replace('<ds:Reference ', `${referenceOf(xml)}<ds:Reference `)),
    ],
    [
      'the digest of other bytes',
      'SIGNATURE_INVALID',
      before((info) => info.replace(/<ds:DigestValue>[^<]*/, `<ds:DigestValue>${'A'.repeat(43)}=`)),
    ],
    [
      'a shortened digest',
      'SIGNATURE_INVALID',
      before((info) => info.replace(/<ds:DigestValue>(.{8})[^<]*/, '<ds:DigestValue>$1')),
    ],
    [
      'an empty digest',
      'ALGORITHM_NOT_ALLOWED',
      before((info) => info.replace(/<ds:DigestValue>[^<]*/, '<ds:DigestValue>')),
    ],
  ]),
  ...documents('S8', [
    [
      'to the same twice',
      'ALGORITHM_NOT_ALLOWED',
      before((info) => info.replace(referenceOf(info), referenceOf(info).repeat(2))),
    ],
    ['to the whole document', 'ALGORITHM_NOT_ALLOWED', referring('')],
    [
      'without a URI',
      'ALGORITHM_NOT_ALLOWED',
      before((info) => info.replace(/<ds:Reference URI="[^"]*"/, '<ds:Reference')),
    ],
    ['none at all', 'RESPONSE_MALFORMED', before((info) => info.replace(referenceOf(info), ''))],
    ...[
      '#_other',
      'http://127.0.0.1/x',
      'file:///etc/hostname',
      '#xpointer(/)',
      "#xpointer(id('x'))",
      `#x' or '1'='1`,
      '#',
      '#x"]',
    ].map((uri): Row => [`to ${uri}`, 'ALGORITHM_NOT_ALLOWED', referring(uri)]),
    [
      'to the response, of the assertion’s signature',
      'ALGORITHM_NOT_ALLOWED',
      (s) => s.told({ responseId: '_response', signing: { referenceUri: '#_response' } }),
    ],
    [
      'with a type that points elsewhere',
      'SIGNATURE_INVALID',
      afterwards((xml) => xml.replace('<ds:Reference ', `<ds:Reference Type="${ds}Manifest" `)),
    ],
  ]),
  ...documents('S11', [
    [
      'an empty object',
      'RESPONSE_NOT_ALLOWED',
      afterwards((xml) => xml.replace('</ds:Signature>', '<ds:Object></ds:Object></ds:Signature>')),
    ],
    [
      'only its own object',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.told({
          signing: {
            referenceUri: '#_object',
            changeSignature: (xml) =>
              xml.replace('</ds:Signature>', '<ds:Object Id="_object">x</ds:Object></ds:Signature>'),
          },
        }),
    ],
    [
      'only its own key information',
      'ALGORITHM_NOT_ALLOWED',
      (s) =>
        s.told({
          signing: {
            referenceUri: '#_key',
            changeSignature: (xml) => xml.replace('<ds:KeyInfo>', '<ds:KeyInfo Id="_key">'),
          },
        }),
    ],
    [
      'a manifest',
      'RESPONSE_NOT_ALLOWED',
      afterwards((xml) =>
        xml.replace(
          '</ds:Signature>',
          `<ds:Object><ds:Manifest>${referenceOf(xml)}</ds:Manifest></ds:Object></ds:Signature>`,
        ),
      ),
    ],
    [
      'the subject alone',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(
          withoutSignature(s.assertion).replace(
            '<saml:Subject>',
            `<saml:Subject ID="_subject">${signatureOf(s.assertion)}`,
          ),
        ),
    ],
    [
      'a key to fetch from elsewhere',
      'RESPONSE_NOT_ALLOWED',
      afterwards((xml) =>
        xml.replace(
          /<ds:X509Data>.*<\/ds:X509Data>/s,
          '<ds:RetrievalMethod URI="http://127.0.0.1/key"></ds:RetrievalMethod>',
        ),
      ),
    ],
  ]),
]
