import { beforeAll, describe, expect, test } from 'vitest'
import { samlFailures } from '../../server/src/sso/saml/saml-failure.ts'
import { verifyResponse } from '../../server/src/sso/saml/verify-response.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import type { Answer } from '../testkit/identity-provider.ts'
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
    expect(reasonOf(core.verify({ signing: { withoutKeyInfo: true } }, { certificates }))).toBe('accepted')
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

/** Each differs from the truth in one thing. */
const lies: [what: string, reason: keyof typeof samlFailures, lie: () => Partial<Answer>][] = [
  ['no signature', 'SIGNATURE_MISSING', () => ({ sign: 'none' })],
  ['another version of the assertion', 'VERSION_UNSUPPORTED', () => ({ version: '1.1' })],
  ['another version of the response', 'VERSION_UNSUPPORTED', () => ({ responseVersion: '2.1' })],
  ['another issuer', 'ISSUER_MISMATCH', () => ({ issuer: 'https://other.example', responseIssuer: null })],
  ['another issuer of the response alone', 'ISSUER_MISMATCH', () => ({ responseIssuer: 'https://other.example' })],
  ['the issuer in other letter case', 'ISSUER_MISMATCH', () => ({ issuer: 'https://idp.example/ENTITY' })],
  ['a space after the issuer', 'ISSUER_MISMATCH', () => ({ issuer: 'https://idp.example/entity ' })],
  [
    'an issuer that is no entity',
    'ISSUER_MISMATCH',
    () => ({ issuerFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }),
  ],
  ['another destination', 'DESTINATION_MISMATCH', () => ({ destination: 'https://other.example/acs' })],
  ['no destination', 'DESTINATION_MISMATCH', () => ({ destination: null })],
  ['no audience', 'AUDIENCE_MISSING', () => ({ audiences: [] })],
  ['another audience', 'AUDIENCE_MISMATCH', () => ({ audiences: [['https://other.example']] })],
  ['an audience that begins with ours', 'AUDIENCE_MISMATCH', () => ({ audiences: [[`${spEntityId}/more`]] })],
  ['our audience in other letter case', 'AUDIENCE_MISMATCH', () => ({ audiences: [[spEntityId.toUpperCase()]] })],
  [
    'two restrictions of which one is for others',
    'AUDIENCE_MISMATCH',
    () => ({ audiences: [[spEntityId], ['https://other.example']] }),
  ],
  ['another recipient', 'RECIPIENT_MISMATCH', () => ({ recipient: 'https://sso.example.com/sso/sso_2/acs' })],
  ['no recipient', 'RECIPIENT_MISMATCH', () => ({ recipient: null })],
  [
    'no bearer confirmation',
    'SUBJECT_CONFIRMATION_MISSING',
    () => ({ confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }),
  ],
  ['no confirmation', 'SUBJECT_CONFIRMATION_MISSING', () => ({ subjectConfirmation: '' })],
  [
    'a confirmation without data',
    'RECIPIENT_MISMATCH',
    () => ({
      subjectConfirmation:
        '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"></saml:SubjectConfirmation>',
    }),
  ],
  ['a confirmation with a start', 'SUBJECT_CONFIRMATION_MISSING', () => ({ confirmationNotBefore: at(-1) })],
  ['a confirmation without an end', 'LIFETIME_INVALID', () => ({ confirmationNotOnOrAfter: null })],
  ['a confirmation that ended', 'EXPIRED', () => ({ confirmationNotOnOrAfter: at(-10) })],
  ['no conditions', 'CONDITIONS_MISSING', () => ({ conditions: null })],
  [
    'a condition that nobody knows',
    'CONDITION_UNKNOWN',
    () => ({
      conditions: `<saml:Conditions><saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="saml:OneTimeUseType"></saml:Condition></saml:Conditions>`,
    }),
  ],
  ['conditions of the future', 'NOT_YET_VALID', () => ({ notBefore: at(10) })],
  ['conditions that ended', 'EXPIRED', () => ({ notBefore: at(-60), notOnOrAfter: at(-10) })],
  ['conditions that end before they begin', 'LIFETIME_INVALID', () => ({ notBefore: at(1), notOnOrAfter: at(-1) })],
  ['a validity of ten years', 'LIFETIME_INVALID', () => ({ notOnOrAfter: at(60 * 24 * 3650) })],
  ['a time with an offset', 'LIFETIME_INVALID', () => ({ notOnOrAfter: '2026-03-01T14:00:00+01:00' })],
  ['a time without a zone', 'LIFETIME_INVALID', () => ({ notOnOrAfter: '2026-03-01T13:00:00' })],
  ['a day that does not exist', 'RESPONSE_MALFORMED', () => ({ notOnOrAfter: '2026-02-30T13:00:00Z' })],
  ['a message from the future', 'NOT_YET_VALID', () => ({ issueInstant: at(10) })],
  ['a message of yesterday', 'EXPIRED', () => ({ issueInstant: at(-60 * 24) })],
  ['no statement of a sign-in', 'AUTHN_STATEMENT_MISSING', () => ({ authnStatement: null })],
  ['a sign-in in the future', 'NOT_YET_VALID', () => ({ authnInstant: at(10) })],
  ['a session that ended', 'EXPIRED', () => ({ sessionNotOnOrAfter: at(-10) })],
  [
    'different requests in response and assertion',
    'IN_RESPONSE_TO_MISMATCH',
    () => ({ confirmationInResponseTo: '_another' }),
  ],
  ['a request in the response alone', 'IN_RESPONSE_TO_MISMATCH', () => ({ confirmationInResponseTo: null })],
  [
    'a request in the assertion alone',
    'IN_RESPONSE_TO_MISMATCH',
    () => ({ inResponseTo: null, confirmationInResponseTo: '_request' }),
  ],
  ['RSA with SHA-1', 'ALGORITHM_NOT_ALLOWED', () => ({ signing: { algorithm: 'rsa-sha1', digest: 'sha1' } })],
  ['a SHA-1 digest alone', 'ALGORITHM_NOT_ALLOWED', () => ({ signing: { digest: 'sha1' } })],
  [
    'inclusive canonicalization',
    'ALGORITHM_NOT_ALLOWED',
    () => ({ signing: { canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' } }),
  ],
  [
    'canonicalization with comments',
    'ALGORITHM_NOT_ALLOWED',
    () => ({ signing: { canonicalization: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments' } }),
  ],
  [
    'an XSLT transform',
    'ALGORITHM_NOT_ALLOWED',
    () => ({ signing: { transforms: ['http://www.w3.org/TR/1999/REC-xslt-19991116'] } }),
  ],
  [
    'a third transform',
    'ALGORITHM_NOT_ALLOWED',
    () => ({
      signing: {
        transforms: [
          'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
          'http://www.w3.org/2001/10/xml-exc-c14n#',
          'http://www.w3.org/2001/10/xml-exc-c14n#',
        ],
      },
    }),
  ],
  ['a reference to the whole document', 'ALGORITHM_NOT_ALLOWED', () => ({ signing: { referenceUri: '' } })],
  ['a reference to something else', 'ALGORITHM_NOT_ALLOWED', () => ({ signing: { referenceUri: '#_other' } })],
]

describe('a response with one lie is refused:', () => {
  test.each(lies)('%s → %s', (_what, reason, lie) => {
    const outcome = core.verify(lie())
    expect(reasonOf(outcome)).toBe(reason)
    // The trace names what was wrong, and never holds the message itself.
    expect(outcome.checks.some((check) => !check.passed)).toBe(true)
    expect(JSON.stringify(outcome.checks).length).toBeLessThan(8000)
  })

  test('the key of another identity provider, though the certificate inside looks the same', async () => {
    const signer = await createSigningKey()
    const outcome = core.verify({ signing: { signer } })
    expect(outcome).toMatchObject({ ok: false, reason: 'SIGNATURE_INVALID' })
    const row = outcome.checks.find((check) => check.name === 'signature')
    expect(row).toMatchObject({ expected: core.idp.signer.fingerprint, actual: signer.fingerprint })
  })

  test('an HMAC keyed with the public certificate', () => {
    const secret = Buffer.from(core.idp.certificate)
    expect(reasonOf(core.verify({ signing: { algorithm: 'hmac-sha256', hmacSecret: secret } }))).toBe(
      'ALGORITHM_NOT_ALLOWED',
    )
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
