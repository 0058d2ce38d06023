import 'reflect-metadata'
import { KeyObject, randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

export type SigningKey = { key: KeyObject; certificate: string; der: Buffer; fingerprint: string }

type Kind = 'rsa' | 'rsa-1024' | 'ec'

const algorithms = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  'rsa-1024': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 1024,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const

const day = 24 * 60 * 60 * 1000

/** A new key with its self-signed certificate (PEM), valid from yesterday for `days` days; negative: expired. */
export async function createSigningKey({
  name = 'Test IdP',
  days = 365,
  kind = 'rsa' as Kind,
} = {}): Promise<SigningKey> {
  const algorithm = algorithms[kind]
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const now = Date.now()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: randomBytes(8).toString('hex'),
      name: `CN=${name}`,
      notBefore: new Date(now - day + Math.min(0, days) * day),
      notAfter: new Date(now + days * day),
      signingAlgorithm: algorithm,
      keys,
    },
    webcrypto as unknown as Crypto,
  )
  const der = Buffer.from(certificate.rawData)
  const fingerprint = Buffer.from(await webcrypto.subtle.digest('SHA-256', der))
    .toString('hex')
    .toUpperCase()
  return {
    key: KeyObject.from(keys.privateKey),
    certificate: certificate.toString('pem'),
    der,
    fingerprint: (fingerprint.match(/../g) ?? []).join(':'),
  }
}
