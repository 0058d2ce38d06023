import { createPublicKey } from 'node:crypto'
import type { SignOptions } from '../../testkit/xml-signature.ts'
import { type Attack, documents } from './attack.ts'
import { afterIssuer, type Scene, signatureOf, withoutSignature } from './scene.ts'
import { signedSo } from './signed-so.ts'

const withAlgorithm = (uri: string): SignOptions => ({
  changeSignedInfo: (info) =>
    info.replace(/<ds:SignatureMethod Algorithm="[^"]*"/, `<ds:SignatureMethod Algorithm="${uri}"`),
})
const afterwards = (change: (signature: string) => string): SignOptions => ({ changeSignature: change })
const certificateOf = (s: Scene): string => s.idp.signer.der.toString('base64')

/** S1 to S5, S12, S14, S15: whose key, and with which algorithm. */
export const signature: Attack[] = [
  ...documents('S1', [
    ['never signed', 'SIGNATURE_MISSING', (s) => s.told({ sign: 'none' })],
    ['stripped of its signature', 'SIGNATURE_MISSING', (s) => s.respond(withoutSignature(s.assertion))],
    ['stripped of the response’s signature', 'SIGNATURE_MISSING', (s) => withoutSignature(s.signedResponse())],
    [
      'with an empty signature',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(afterIssuer(s.forged, '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"></ds:Signature>')),
    ],
    [
      'with an empty value',
      'ALGORITHM_NOT_ALLOWED',
      signedSo(() => afterwards((xml) => xml.replace(/<ds:SignatureValue>[^<]*/, '<ds:SignatureValue>'))),
    ],
    [
      'with a value of zeros',
      'SIGNATURE_INVALID',
      signedSo(() =>
        afterwards((xml) => xml.replace(/<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${'A'.repeat(342)}==`)),
      ),
    ],
  ]),
  ...documents('S2', [
    ['its own certificate', 'SIGNATURE_INVALID', signedSo((s) => ({ signer: s.keys.mallory }))],
    [
      'a certificate with the same name and serial number',
      'SIGNATURE_INVALID',
      signedSo((s) => ({ signer: s.keys.clone })),
    ],
    ['the bare key', 'SIGNATURE_INVALID', signedSo((s) => ({ signer: s.keys.mallory, keyInfo: 'key value' }))],
    ['nothing', 'SIGNATURE_INVALID', signedSo((s) => ({ signer: s.keys.mallory, keyInfo: 'none' }))],
    [
      'the trusted certificate',
      'SIGNATURE_INVALID',
      signedSo((s) => ({
        signer: s.keys.mallory,
        changeSignature: (xml) => xml.replace(s.keys.mallory.der.toString('base64'), certificateOf(s)),
      })),
    ],
    [
      'the trusted certificate before its own',
      'SIGNATURE_INVALID',
      signedSo((s) => ({
        signer: s.keys.mallory,
        changeSignature: (xml) =>
          xml.replace('<ds:X509Data>', `<ds:X509Data><ds:X509Certificate>${certificateOf(s)}</ds:X509Certificate>`),
      })),
    ],
    [
      'the trusted certificate’s fingerprint as a name',
      'SIGNATURE_INVALID',
      signedSo((s) => ({
        signer: s.keys.mallory,
        changeSignature: (xml) =>
          xml.replace('<ds:KeyInfo>', `<ds:KeyInfo><ds:KeyName>${s.idp.signer.fingerprint}</ds:KeyName>`),
      })),
    ],
    [
      'a certificate that cannot be read',
      'SIGNATURE_INVALID',
      signedSo((s) => ({
        signer: s.keys.mallory,
        changeSignature: (xml) => xml.replace(s.keys.mallory.der.toString('base64'), 'AAAA'),
      })),
    ],
  ]),
  ...documents('S4', [
    ...(['hmac-sha1', 'hmac-sha256'] as const).flatMap((algorithm) =>
      (
        [
          ['the certificate', (s: Scene) => Buffer.from(s.idp.certificate)],
          ['the certificate’s bytes', (s: Scene) => s.idp.signer.der],
          ['the public key', (s: Scene) => createPublicKey(s.idp.certificate).export({ type: 'spki', format: 'der' })],
          [
            'the public key as PEM',
            (s: Scene) => Buffer.from(createPublicKey(s.idp.certificate).export({ type: 'spki', format: 'pem' })),
          ],
        ] as const
      ).map(([what, secret]): Parameters<typeof documents>[1][number] => [
        `${algorithm} keyed with ${what}`,
        'ALGORITHM_NOT_ALLOWED',
        signedSo((s) => ({ algorithm, hmacSecret: secret(s) })),
      ]),
    ),
    [
      'HMAC under the name of RSA',
      'SIGNATURE_INVALID',
      signedSo((s) => ({ algorithm: 'rsa-sha256', hmacSecret: Buffer.from(s.idp.certificate) })),
    ],
  ]),
  ...documents('S5', [
    ['RSA with SHA-1', 'ALGORITHM_NOT_ALLOWED', signedSo(() => ({ algorithm: 'rsa-sha1', digest: 'sha1' }))],
    ['RSA with SHA-1 over a SHA-256 digest', 'ALGORITHM_NOT_ALLOWED', signedSo(() => ({ algorithm: 'rsa-sha1' }))],
    ['a SHA-1 digest alone', 'ALGORITHM_NOT_ALLOWED', signedSo(() => ({ digest: 'sha1' }))],
    ['RSA with MD5', 'ALGORITHM_NOT_ALLOWED', signedSo(() => ({ algorithm: 'rsa-md5' }))],
    ['an MD5 digest alone', 'ALGORITHM_NOT_ALLOWED', signedSo(() => ({ digest: 'md5' }))],
    ...[
      'none',
      '',
      'http://www.w3.org/2000/09/xmldsig#dsa-sha1',
      'http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160',
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha224',
      'http://www.w3.org/2007/05/xmldsig-more#rsa-pss',
      'http://www.w3.org/2001/04/xmldsig-more#RSA-SHA256',
      '__proto__',
      'constructor',
    ].map((uri): Parameters<typeof documents>[1][number] => [
      `the algorithm "${uri}"`,
      'ALGORITHM_NOT_ALLOWED',
      signedSo(() => withAlgorithm(uri)),
    ]),
    [
      'ECDSA with an RSA key',
      'SIGNATURE_INVALID',
      signedSo(() => withAlgorithm('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256')),
    ],
    [
      'PSS announced, PKCS #1 1.5 made',
      'SIGNATURE_INVALID',
      signedSo(() => withAlgorithm('http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1')),
    ],
    [
      'no signature algorithm',
      'RESPONSE_MALFORMED',
      signedSo(() => ({
        changeSignedInfo: (info) => info.replace(/<ds:SignatureMethod.*?<\/ds:SignatureMethod>/, ''),
      })),
    ],
    [
      'no digest algorithm',
      'RESPONSE_MALFORMED',
      signedSo(() => ({ changeSignedInfo: (info) => info.replace(/<ds:DigestMethod.*?<\/ds:DigestMethod>/, '') })),
    ],
    [
      'the name __proto__ as a digest',
      'ALGORITHM_NOT_ALLOWED',
      signedSo(() => ({
        changeSignedInfo: (info) =>
          info.replace(/<ds:DigestMethod Algorithm="[^"]*"/, '<ds:DigestMethod Algorithm="__proto__"'),
      })),
    ],
    [
      'a truncated HMAC length',
      'RESPONSE_NOT_ALLOWED',
      signedSo(() => ({
        changeSignedInfo: (info) =>
          info.replace('</ds:SignatureMethod>', '<ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>'),
      })),
    ],
  ]),
  ...documents('S12', [
    [
      'the response’s is broken, the assertion’s holds',
      'SIGNATURE_INVALID',
      (s) => s.told({ sign: 'both' }).replace('Destination="', 'Consent="urn:x" Destination="'),
    ],
    [
      'the response’s is of another key, the assertion’s holds',
      'SIGNATURE_INVALID',
      (s) => s.idp.responseXml(s.answer({ sign: 'response', signing: { signer: s.keys.mallory } }), s.assertion),
    ],
    [
      'the assertion’s is of another key, the response’s holds',
      'SIGNATURE_INVALID',
      (s) =>
        s.idp.responseXml(
          s.answer({ sign: 'response' }),
          s.idp.assertion(s.answer({ signing: { signer: s.keys.mallory } })),
        ),
    ],
    [
      'the assertion’s is of SHA-1, the response’s holds',
      'ALGORITHM_NOT_ALLOWED',
      (s) =>
        s.idp.responseXml(
          s.answer({ sign: 'response' }),
          s.idp.assertion(s.answer({ signing: { algorithm: 'rsa-sha1' } })),
        ),
    ],
  ]),
  ...documents('S14', [
    ['of the same identity provider, before', 'SIGNATURE_INVALID', signedSo((s) => ({ signer: s.keys.former }))],
    [
      'with a genuine signature left beside it',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(
          s.idp
            .assertion(s.answer({ signing: { signer: s.keys.former } }))
            .replace('</ds:Signature>', `</ds:Signature>${signatureOf(s.assertion)}`),
        ),
    ],
  ]),
]
