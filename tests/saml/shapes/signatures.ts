import type { SignOptions } from '../../testkit/xml-signature.ts'
import { type Material, type Shape, type ShapeKeys, written } from './shape.ts'

const signs = (['assertion', 'response', 'both'] as const).map(
  (sign): Shape => ({ what: `${sign === 'both' ? 'both are' : `the ${sign} is`} signed`, xml: written({ sign }) }),
)

const unknown = 'it does not know the algorithm'

const rsa = (
  ['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512'] as const
).map(
  (algorithm): Shape => ({
    what: `signed with ${algorithm}`,
    xml: written({ signing: () => ({ algorithm }) }),
    ...(!['rsa-sha256', 'rsa-sha512', 'rsa-pss-sha256'].includes(algorithm) && {
      samlifyCannot: unknown,
      nodeSamlCannot: unknown,
    }),
  }),
)

const ecdsa = (['p256', 'p384', 'p521'] as const).flatMap((key) =>
  (['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'] as const).map(
    (algorithm): Shape => ({
      what: `signed with ${algorithm} and a key on ${key}`,
      xml: written({ signing: ({ keys }) => ({ algorithm, signer: keys[key] }) }),
      trusted: ({ keys }) => [keys[key]],
      samlifyCannot: unknown,
      nodeSamlCannot: unknown,
    }),
  ),
)

const digests = (['sha256', 'sha384', 'sha512'] as const).map(
  (digest): Shape => ({
    what: `digested with ${digest}`,
    xml: written({ sign: 'both', signing: () => ({ digest }) }),
    ...(digest === 'sha384' && { samlifyCannot: unknown, nodeSamlCannot: unknown }),
  }),
)

const keyInfos = (['certificate', 'key value', 'none'] as const).flatMap((keyInfo) =>
  [
    { order: 'trusted alone', trusted: ({ idp }: Material) => [idp.signer] },
    { order: 'trusted before another', trusted: ({ idp, keys }: Material) => [idp.signer, keys.next] },
    { order: 'trusted after another', trusted: ({ idp, keys }: Material) => [keys.next, idp.signer] },
    { order: 'trusted after one of another kind', trusted: ({ idp, keys }: Material) => [keys.p256, idp.signer] },
  ].map(
    ({ order, trusted }): Shape => ({
      what: `with ${keyInfo === 'none' ? 'no key information' : `a ${keyInfo}`}, by a key ${order}`,
      xml: written({ signing: () => ({ keyInfo }) }),
      trusted,
      ...(keyInfo !== 'certificate' &&
        order.includes('after') && { samlifyCannot: 'it tries the first certificate only' }),
    }),
  ),
)

const elliptic = (keyInfo: SignOptions['keyInfo'], key: keyof ShapeKeys): Shape => ({
  what: `with ${keyInfo} of an elliptic curve key`,
  xml: written({
    signing: ({ keys }) => ({ algorithm: 'ecdsa-sha256', signer: keys[key], ...(keyInfo && { keyInfo }) }),
  }),
  trusted: ({ keys }) => [keys.next, keys[key]],
  samlifyCannot: unknown,
  nodeSamlCannot: unknown,
})

const certificateData = (what: string, change: (data: string, material: Material) => string): Shape => ({
  what,
  xml: written({
    signing: (material) => ({
      changeSignature: (xml) => xml.replace(/<ds:X509Data>.*<\/ds:X509Data>/s, (data) => change(data, material)),
    }),
  }),
})

const folded = (base64: string): string => base64.replace(/(.{64})/g, '$1\n')

/** What is signed, with what, and what comes along to find the key by. It decides nothing. */
export const signatures: Shape[] = [
  ...signs,
  ...rsa,
  ...ecdsa,
  ...digests,
  ...keyInfos,
  elliptic('certificate', 'p256'),
  elliptic('key value', 'p256'),
  certificateData('with a chain of certificates', (data, { keys }) =>
    data.replace(
      '</ds:X509Data>',
      `<ds:X509Certificate>${keys.next.der.toString('base64')}</ds:X509Certificate></ds:X509Data>`,
    ),
  ),
  certificateData(
    'with the certificate’s names',
    (data) =>
      `<ds:KeyName>key 1</ds:KeyName>${data.replace('<ds:X509Data>', '<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial><ds:X509SubjectName>CN=x</ds:X509SubjectName><ds:X509SKI>AAAA</ds:X509SKI>')}`,
  ),
  certificateData('with the certificate on several lines', (data) =>
    data.replace(/>([A-Za-z0-9+/=]+)</, (_, body: string) => `>\n${folded(body)}\n<`),
  ),
  certificateData('with carriage returns in the certificate, as Java writes them', (data) =>
    data.replace(/>([A-Za-z0-9+/=]+)</, (_, body: string) => `>${folded(body).replaceAll('\n', '&#13;\n')}<`),
  ),
  {
    what: 'with the signature value on several lines',
    xml: written({
      after: (xml) =>
        xml.replace(/(<ds:SignatureValue>)([^<]*)/, (_, tag: string, value: string) => `${tag}\n${folded(value)}\n`),
    }),
  },
  {
    what: 'with carriage returns in the signature value, as Java writes them',
    samlifyCannot: 'it takes no carriage return out of the value',
    xml: written({
      after: (xml) =>
        xml.replace(
          /(<ds:SignatureValue>)([^<]*)/,
          (_, tag: string, value: string) => `${tag}${folded(value).replaceAll('\n', '&#13;\n')}`,
        ),
    }),
  },
]
