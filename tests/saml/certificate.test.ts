import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { certificateWarnings, parseCertificates } from '../../server/src/sso/saml/certificate.ts'
import { createSigningKey, type SigningKey } from '../testkit/certificates.ts'

let one: SigningKey
let two: SigningKey
let ec: SigningKey
beforeAll(async () => {
  one = await createSigningKey({ name: 'One' })
  two = await createSigningKey({ name: 'Two' })
  ec = await createSigningKey({ name: 'Curve', kind: 'ec' })
})

const bare = (key: SigningKey): string => key.der.toString('base64')
/** Which keys are found, or what the text is said to be. */
const read = (text: string): string => {
  const parsed = parseCertificates(text)
  return 'problem' in parsed
    ? parsed.problem.reason
    : parsed.certificates.map(({ fingerprintSha256 }) => fingerprintSha256).join(' ')
}

describe('the certificate box takes', () => {
  test.each<[string, () => string]>([
    ['PEM', () => one.certificate],
    ['PEM with Windows line ends', () => one.certificate.replace(/\n/g, '\r\n')],
    ['PEM on one line, as some consoles copy it', () => one.certificate.replace(/\n/g, ' ')],
    ['PEM with text around it', () => `Bag Attributes\n  friendlyName: x\n${one.certificate}\nend`],
    ['PEM under the name TRUSTED CERTIFICATE', () => one.certificate.replace(/CERTIFICATE/g, 'TRUSTED CERTIFICATE')],
    ['bare Base64', () => bare(one)],
    ['bare Base64 with line breaks', () => bare(one).replace(/(.{64})/g, '$1\n')],
    ['bare Base64 with spaces and tabs', () => ` \t${bare(one).replace(/(.{40})/g, '$1 \t')} `],
    ['bare Base64 without padding', () => bare(one).replace(/=+$/, '')],
    ['the same one twice, once', () => one.certificate + one.certificate],
  ])('%s', (_what, text) => {
    expect(read(text())).toBe(one.fingerprint)
  })

  test('several, in their order', () => {
    expect(read(one.certificate + ec.certificate + two.certificate)).toBe(
      [one, ec, two].map(({ fingerprint }) => fingerprint).join(' '),
    )
  })

  test('and says who it is for and until when', () => {
    const parsed = parseCertificates(one.certificate)
    const real = new X509Certificate(one.certificate)
    expect('certificates' in parsed && parsed.certificates[0]).toMatchObject({
      subject: 'CN=One',
      notBefore: new Date(real.validFrom),
      notAfter: new Date(real.validTo),
    })
  })
})

describe('the certificate box says what it is instead', () => {
  const pem = (label: string): string => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----`
  test.each<[string, () => string, string]>([
    ['nothing', () => ' \n', 'REQUIRED'],
    ['a private key', () => String(one.key.export({ type: 'pkcs8', format: 'pem' })), 'PRIVATE_KEY'],
    [
      'a private key beside the certificate',
      () => one.certificate + String(one.key.export({ type: 'pkcs1', format: 'pem' })),
      'PRIVATE_KEY',
    ],
    ['a public key', () => pem('PUBLIC KEY'), 'PUBLIC_KEY'],
    ['a request', () => pem('CERTIFICATE REQUEST'), 'CERTIFICATE_REQUEST'],
    ['metadata', () => '<md:EntityDescriptor xmlns:md="x"/>', 'METADATA'],
    ['a web page', () => '<!DOCTYPE html><html></html>', 'HTML'],
    ['a URL', () => 'https://login.microsoftonline.com/x', 'NOT_A_CERTIFICATE'],
    [
      'Base64 of something else',
      () => Buffer.from('hello, this is no certificate').toString('base64'),
      'NOT_A_CERTIFICATE',
    ],
    ['words', () => 'see attachment', 'NOT_A_CERTIFICATE'],
    ['the first half', () => one.certificate.slice(0, 400), 'INCOMPLETE'],
    ['a truncated body', () => bare(one).slice(0, 600), 'NOT_A_CERTIFICATE'],
    [
      'something after the end',
      () => Buffer.concat([one.der, Buffer.from('x')]).toString('base64'),
      'NOT_A_CERTIFICATE',
    ],
    ['far too much', () => 'A'.repeat(70_000), 'TOO_LONG'],
  ])('%s', (_what, text, reason) => {
    expect(read(text())).toBe(reason)
  })

  test('a key of 1024 bits', async () => {
    expect(read((await createSigningKey({ kind: 'rsa-1024' })).certificate)).toBe('KEY_TOO_SMALL')
  })
})

describe('an owner is warned', () => {
  const warnings = async (days: number): Promise<string> => {
    const parsed = parseCertificates((await createSigningKey({ days })).certificate)
    if ('problem' in parsed) throw new Error(parsed.problem.message)
    return parsed.certificates.flatMap((certificate) => certificateWarnings(certificate, new Date())).join(' ')
  }

  test('when a certificate has expired, which is taken all the same', async () => {
    expect(await warnings(-10)).toMatch(/^Expired on \d{4}-\d{2}-\d{2}\. Its key keeps working/)
  })

  test('when it expires soon', async () => {
    expect(await warnings(5)).toMatch(/^Expires on .*in 4 days/)
  })

  test('and not when it is good for long', async () => {
    expect(await warnings(200)).toBe('')
  })
})
