import { beforeAll, describe, expect, test } from 'vitest'
import { verifyResponse } from '../../server/src/sso/saml/verify-response.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { acsUrl, certificatesOf, createTrust, spEntityId } from '../testkit/saml-trust.ts'

let core: Awaited<ReturnType<typeof createTrust>>
beforeAll(async () => {
  core = await createTrust()
})

const at = (minutes: number): string => new Date(core.now.getTime() + minutes * 60_000).toISOString()
const reasonOf = (outcome: ReturnType<typeof verifyResponse>): string => (outcome.ok ? 'accepted' : outcome.reason)

describe('a response that tells the truth', () => {
  test.each(['assertion', 'response', 'both'] as const)('is accepted when the %s is signed', (sign) => {
    const outcome = core.verify({ sign })
    expect(outcome).toMatchObject({ ok: true })
    if (!outcome.ok) return
    expect(outcome.assertion).toMatchObject({
      issuer: core.idp.entityId,
      inResponseTo: '_request',
      nameId: { value: 'ada' },
      notOnOrAfter: new Date(at(5)),
    })
    expect(outcome.checks.every((check) => check.passed)).toBe(true)
  })

  test('may use RSA with SHA-512', () => {
    expect(reasonOf(core.verify({ signing: { algorithm: 'rsa-sha512', digest: 'sha512' } }))).toBe('accepted')
  })

  test('may be signed with an elliptic curve key that the connection trusts', async () => {
    const signer = await createSigningKey({ kind: 'ec' })
    const certificates = certificatesOf(signer.certificate)
    const outcome = core.verify({ signing: { signer, algorithm: 'ecdsa-sha256' } }, { certificates })
    expect(reasonOf(outcome)).toBe('accepted')
  })

  test('may be signed with any of several trusted keys, with or without a certificate inside', async () => {
    const next = await createSigningKey({ name: 'next' })
    const certificates = [...certificatesOf(next.certificate), ...core.trust.certificates]
    expect(reasonOf(core.verify({ signing: { keyInfo: 'none' } }, { certificates }))).toBe('accepted')
    expect(reasonOf(core.verify({ signing: { signer: next } }, { certificates }))).toBe('accepted')
  })

  test('is accepted from an expired certificate, whose key is trusted all the same', async () => {
    const signer = await createSigningKey({ days: -10 })
    expect(reasonOf(core.verify({ signing: { signer } }, { certificates: certificatesOf(signer.certificate) }))).toBe(
      'accepted',
    )
  })

  test('is accepted from any Issuer while the identity provider’s entity ID is unknown', () => {
    expect(reasonOf(core.verify({ issuer: 'urn:x', responseIssuer: 'urn:x' }, { idpEntityId: null }))).toBe('accepted')
  })

  test('may name an Entity ID that is no URI in Entra’s way', () => {
    expect(reasonOf(core.verify({ audiences: [['spn:acme']] }, { spEntityId: 'acme' }))).toBe('accepted')
    expect(reasonOf(core.verify({ audiences: [[`spn:${spEntityId}`]] }))).toBe('AUDIENCE_MISMATCH')
  })

  test('takes the earliest end of several sessions', () => {
    const statement = (end: string) =>
      `<saml:AuthnStatement AuthnInstant="${at(0)}" SessionNotOnOrAfter="${end}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
    const outcome = core.verify({ authnStatement: statement(at(600)) + statement(at(60)) })
    expect(outcome.ok && outcome.assertion.sessionNotOnOrAfter).toEqual(new Date(at(60)))
  })

  test('within the clock skew is accepted, beyond it refused', () => {
    expect(reasonOf(core.verify({ notBefore: at(2.9) }))).toBe('accepted')
    expect(reasonOf(core.verify({ notBefore: at(3.1) }))).toBe('NOT_YET_VALID')
    expect(reasonOf(core.verify({ confirmationNotOnOrAfter: at(-2.9) }))).toBe('accepted')
    expect(reasonOf(core.verify({ confirmationNotOnOrAfter: at(-3) }))).toBe('EXPIRED')
  })

  test('without an InResponseTo anywhere is reported as started by the identity provider', () => {
    const outcome = core.verify({ inResponseTo: null })
    expect(outcome.ok && outcome.assertion.inResponseTo).toBe(null)
  })

  test('may end its lines in the Base64', () => {
    const folded = core.idp.response(core.answer()).replace(/(.{76})/g, '$1\r\n')
    expect(reasonOf(verifyResponse({ samlResponse: folded, trust: core.trust, now: core.now }))).toBe('accepted')
  })
})

describe('a refusal says why:', () => {
  test('the key of another identity provider, though the certificate inside looks the same', async () => {
    const signer = await createSigningKey()
    const outcome = core.verify({ signing: { signer } })
    expect(outcome).toMatchObject({ ok: false, reason: 'SIGNATURE_INVALID' })
    const row = outcome.checks.find((check) => check.name === 'signature')
    expect(row).toMatchObject({ expected: core.idp.signer.fingerprint, actual: signer.fingerprint })
  })

  test('a status that is not Success, in the identity provider’s own words and with Entra’s code explained', () => {
    const outcome = core.verify({ status: 'Requester', statusMessage: 'AADSTS50105: not assigned', sign: 'none' })
    expect(outcome).toMatchObject({ ok: false, reason: 'STATUS_NOT_SUCCESS' })
    expect(outcome.ok ? null : outcome.advice).toContain('Users and groups')
    expect(outcome.checks.at(-1)).toMatchObject({ name: 'status', actual: 'Requester: AADSTS50105: not assigned' })
  })

  test('several lies at once: the trace shows them all', () => {
    const outcome = core.verify({ audiences: [['https://other.example']], recipient: 'https://other.example/acs' })
    const failed = outcome.checks.filter((check) => !check.passed).map((check) => check.name)
    expect(failed).toEqual(['audience', 'recipient'])
    expect(reasonOf(outcome)).toBe('AUDIENCE_MISMATCH')
  })

  test('a connection without certificates is a mistake of ours, never a way in', () => {
    expect(() => core.verify({}, { certificates: [] })).toThrow('without any trusted certificate')
  })

  test('the response meant for another connection', () => {
    const other = acsUrl.replace('sso_1', 'sso_2')
    expect(reasonOf(core.verify({}, { acsUrl: other }))).toBe('DESTINATION_MISMATCH')
  })
})
