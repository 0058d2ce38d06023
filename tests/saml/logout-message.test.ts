import { sign, verify } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLogoutRequest, makeLogoutResponse } from '../../server/src/sso/saml/logout-message.ts'
import { isMeant } from '../../server/src/sso/saml/logout-subject.ts'
import type { MessageSigner } from '../../server/src/sso/saml/message-signer.ts'
import type { NameId } from '../../server/src/sso/saml/read-assertion.ts'
import { redirectUrl } from '../../server/src/sso/saml/redirect-binding.ts'
import { verifyLogout } from '../../server/src/sso/saml/verify-logout.ts'
import { createSigningKey, type SigningKey } from '../testkit/certificates.ts'
import { readRedirected } from '../testkit/logout-messages.ts'
import { certificatesOf } from '../testkit/saml-trust.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const endpoint = 'https://idp.example/slo?tenant=a&b=c'
const spEntityId = 'https://sso.example.com/sso/sso_1/metadata?a=1&b="2"'
const nameId = { value: 'Ada <&> "Co"', format: 'urn:x:format', nameQualifier: 'nq', spNameQualifier: 'spnq' }

let key: SigningKey
let signer: MessageSigner
beforeAll(async () => {
  key = await createSigningKey({ name: 'Our key' })
  signer = { certificate: key.certificate, sign: (octets) => sign('sha256', octets, key.key) }
})

const logoutRequest = (): string =>
  makeLogoutRequest({
    id: '_1',
    issueInstant: now,
    notOnOrAfter: new Date('2026-03-01T12:05:00.000Z'),
    destination: endpoint,
    issuer: spEntityId,
    nameId,
    sessionIndex: '<_index>',
  })

/** Held by our own verifier, as though the two sides had changed places. */
const verified = (location: string) =>
  verifyLogout(
    { binding: 'redirect', query: location.slice(`${endpoint}&`.length) },
    {
      idpEntityId: spEntityId,
      sloUrl: endpoint,
      certificates: certificatesOf(key.certificate),
      clockSkewSeconds: 180,
      now,
    },
  )

describe('a message of ours', () => {
  test('is signed over the query as it is sent', () => {
    const location = redirectUrl({
      endpoint,
      parameter: 'SAMLRequest',
      xml: logoutRequest(),
      relayState: 'a b&c',
      signer,
    })
    const [octets = '', signature = ''] = location.slice(`${endpoint}&`.length).split('&Signature=')
    expect(octets).toMatch(/^SAMLRequest=[^&]+&RelayState=a%20b%26c&SigAlg=[^&]+$/)
    expect(new URL(location).searchParams.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
    const value = Buffer.from(decodeURIComponent(signature), 'base64')
    expect(verify('sha256', Buffer.from(octets), key.certificate, value)).toBe(true)
  })

  test('goes without a signature when there is no key', () => {
    const location = redirectUrl({
      endpoint: 'https://idp.example/slo',
      parameter: 'SAMLResponse',
      xml: '<a/>',
      relayState: null,
      signer: null,
    })
    expect(location).toMatch(/^https:\/\/idp\.example\/slo\?SAMLResponse=[^&]+$/)
    expect(readRedirected(location).xml).toBe('<a/>')
  })

  test('is a LogoutRequest that follows the schema and says what it was given, whatever characters that has', () => {
    const location = redirectUrl({ endpoint, parameter: 'SAMLRequest', xml: logoutRequest(), relayState: null, signer })
    expect(verified(location)).toEqual({
      relayState: null,
      message: {
        kind: 'request',
        id: '_1',
        version: '2.0',
        issueInstant: '2026-03-01T12:00:00.000Z',
        destination: endpoint,
        issuer: { value: spEntityId, format: null },
        notOnOrAfter: '2026-03-01T12:05:00.000Z',
        nameId,
        sessionIndexes: ['<_index>'],
      },
    })
  })

  test('is a LogoutResponse that follows the schema', () => {
    const of = { id: '_2', issueInstant: now, destination: endpoint, issuer: spEntityId, inResponseTo: '_asked' }
    const xml = makeLogoutResponse(of)
    const location = redirectUrl({ endpoint, parameter: 'SAMLResponse', xml, relayState: 'state', signer })
    expect(verified(location)).toMatchObject({
      relayState: 'state',
      message: { kind: 'response', id: '_2', inResponseTo: '_asked', complete: true },
    })
  })
})

describe('a verifier without any trusted certificate', () => {
  test('decides nothing', () => {
    const trust = { idpEntityId: 'x', sloUrl: endpoint, certificates: [], clockSkewSeconds: 180, now }
    expect(() => verifyLogout({ binding: 'redirect', query: '' }, trust)).toThrow('without any trusted certificate')
  })
})

describe('whom a LogoutRequest means', () => {
  const names = { idpEntityId: 'idp', spEntityId: 'sp' }
  const plain: NameId = { value: 'ada', format: null, nameQualifier: null, spNameQualifier: null }
  const unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

  test.each<[string, NameId, string | null, string[], boolean]>([
    ['the same name', plain, '_1', [], true],
    ['a name with the format that goes without saying', { ...plain, format: unspecified }, '_1', [], true],
    [
      'a name with the qualifiers that go without saying',
      { ...plain, nameQualifier: 'idp', spNameQualifier: 'sp' },
      '_1',
      [],
      true,
    ],
    ['a name in another letter case', { ...plain, value: 'Ada' }, '_1', [], false],
    ['a name with a space', { ...plain, value: 'ada ' }, '_1', [], false],
    ['a name of another service', { ...plain, spNameQualifier: 'other' }, '_1', [], false],
    ['the index among others', plain, '_1', ['_0', '_1'], true],
    ['other indexes', plain, '_1', ['_0', '_2'], false],
    ['an index, where the session has none', plain, null, ['_1'], false],
  ])('%s', (_name, sent, sessionIndex, sessionIndexes, meant) => {
    expect(isMeant({ nameId: plain, sessionIndex }, { nameId: sent, sessionIndexes }, names)).toBe(meant)
  })
})
