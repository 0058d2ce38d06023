import 'reflect-metadata'
import { createPublicKey, KeyObject, randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

export type SigningKey = {
  key: KeyObject
  publicKey: KeyObject
  /** PEM. */
  certificate: string
  der: Buffer
  fingerprint: string
  serialNumber: string
}

const rsa = (modulusLength: number) =>
  ({
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength,
    publicExponent: new Uint8Array([1, 0, 1]),
  }) as const
const ec = (namedCurve: string, hash: string) => ({ name: 'ECDSA', namedCurve, hash }) as const

const algorithms = {
  rsa: rsa(2048),
  'rsa-1024': rsa(1024),
  ec: ec('P-256', 'SHA-256'),
  'ec-384': ec('P-384', 'SHA-384'),
  'ec-521': ec('P-521', 'SHA-512'),
}

type Kind = keyof typeof algorithms

const day = 24 * 60 * 60 * 1000

/**
 * A new key with its self-signed certificate, valid from yesterday for `days` days; negative: expired.
 * @param like a certificate to take the serial number of, so that only the key tells them apart.
 */
export async function createSigningKey({
  name = 'Test IdP',
  days = 365,
  kind = 'rsa' as Kind,
  like = null as SigningKey | null,
} = {}): Promise<SigningKey> {
  const algorithm = algorithms[kind]
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const now = Date.now()
  const serialNumber = like?.serialNumber ?? randomBytes(8).toString('hex')
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber,
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
  const key = KeyObject.from(keys.privateKey)
  return {
    key,
    publicKey: createPublicKey(key),
    certificate: certificate.toString('pem'),
    der,
    fingerprint: (fingerprint.match(/../g) ?? []).join(':'),
    serialNumber,
  }
}
