import { expect, test } from 'vitest'
import { trustedCertificates } from '../../server/src/sso/saml-connection-view.ts'
import { createSigningKey } from '../testkit/certificates.ts'

const of = (...idpCertificates: string[]) => trustedCertificates({ id: 'sso_1', idpCertificates })

test('a stored certificate is read once, and its key is the same one from then on', async () => {
  const [one, other] = [await createSigningKey(), await createSigningKey()]
  const [first] = of(one.certificate)
  const [next, again] = of(other.certificate, one.certificate)
  expect(again?.publicKey).toBe(first?.publicKey)
  expect([first, next].map((certificate) => certificate?.fingerprintSha256)).toEqual([
    one.fingerprint,
    other.fingerprint,
  ])
})

test('a certificate that was taken out of the connection is trusted no longer', async () => {
  const { certificate } = await createSigningKey()
  expect(of(certificate)).toHaveLength(1)
  expect(of()).toEqual([])
})

test('what cannot be read is an error each time', () => {
  for (let attempt = 0; attempt < 2; attempt++) expect(() => of('nonsense')).toThrow('sso_1')
})
