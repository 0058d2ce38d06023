import 'reflect-metadata'
import { KeyObject, randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 24 * 60 * 60 * 1000

const newKeys = async () =>
  (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
const validity = () => ({ notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 30 * day) })
const serialNumber = () => randomBytes(8).toString('hex')

/** A certificate authority of the test's own, and a server's key with a certificate for these names. */
export async function createTls(names: string[]): Promise<{ ca: string; key: string; cert: string }> {
  const crypto = webcrypto as unknown as Crypto
  const issuerKeys = await newKeys()
  const authority = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: 'CN=Test authority',
      ...validity(),
      signingAlgorithm: algorithm,
      keys: issuerKeys,
      extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
    },
    crypto,
  )
  const keys = await newKeys()
  const server = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: `CN=${names[0] ?? ''}`,
      issuer: authority.subject,
      ...validity(),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: issuerKeys.privateKey,
      extensions: [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))],
    },
    crypto,
  )
  return {
    ca: authority.toString('pem'),
    cert: server.toString('pem'),
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
