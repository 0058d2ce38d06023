import { verify, X509Certificate } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minutes, plus } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { type Answer, IdentityProvider, type Person } from '../testkit/identity-provider.ts'
import { completeSetup, connect, type Organization, type SamlConnection, signIn } from '../testkit/scenario.ts'
import { deleteSpKey, rotateSpKey, spCertificates } from '../testkit/sp-keys.ts'

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const password = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password'
const multiFactor = 'https://refeds.org/profile/mfa'

let app: TestApp
let clock: TestClock
let owner: GraphqlClient
let organization: Organization
let idp: IdentityProvider
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  const world = await completeSetup(app)
  owner = world.owner
  organization = world.organization
  idp = await IdentityProvider.create()
})
afterAll(() => app.close())

let number = 0
const somebody = (): Person => {
  number += 1
  return { subject: `person-${number}`, email: `person-${number}@acme.example` }
}
const newConnection = (settings: Record<string, unknown>) => connect(owner, organization.id, idp, settings)

/** Where the browser is sent, and the request as the identity provider reads it. */
async function start(connection: SamlConnection): Promise<{ url: string; query: string; xml: string }> {
  const response = await new BrowserSession(app.origin).get(new URL(connection.loginUrl).pathname)
  const url = response.headers.get('location') ?? ''
  const message = new URL(url).searchParams.get('SAMLRequest') ?? ''
  return {
    url,
    query: url.slice(url.indexOf('?') + 1),
    xml: inflateRawSync(Buffer.from(message, 'base64')).toString('utf8'),
  }
}

async function outcome(connection: SamlConnection, lies: Partial<Answer> = {}): Promise<string> {
  const { step } = await signIn(app, idp, connection, somebody(), { lies })
  return 'location' in step ? 'signed in' : step.refused
}

describe('an AuthnRequest', () => {
  test('is not signed and asks for nothing unless the owner wants it', async () => {
    const { url, xml } = await start(await newConnection({}))
    expect([...new URL(url).searchParams.keys()]).toEqual(['SAMLRequest'])
    expect(xml).not.toMatch(/ForceAuthn|RequestedAuthnContext|NameIDPolicy|Signature/)
  })

  describe('that is signed', () => {
    let connection: SamlConnection
    beforeEach(async () => {
      connection = await newConnection({ signAuthnRequests: true })
    })

    const verifyWith = (query: string, pem: string): boolean => {
      const [signed = '', signature = ''] = query.split('&Signature=')
      const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
      return verify('sha256', Buffer.from(signed), new X509Certificate(pem).publicKey, bytes)
    }

    test('is so over the very octets of the query, with RSA-SHA256 and our signing certificate', async () => {
      const [certificate] = await spCertificates(owner, connection.id)
      const { url, query, xml } = await start(connection)
      expect([...new URL(url).searchParams.keys()]).toEqual(['SAMLRequest', 'SigAlg', 'Signature'])
      expect(new URL(url).searchParams.get('SigAlg')).toBe(rsaSha256)
      expect(verifyWith(query, certificate?.pem ?? '')).toBe(true)
      expect(verifyWith(query.replace('SAMLRequest=', 'SAMLRequest=A'), certificate?.pem ?? '')).toBe(false)
      // In this binding the message itself carries no signature (Bindings 3.4.4.1).
      expect(xml).not.toContain('Signature')
    })

    test('keeps what the Single Sign-On URL has of its own out of the signature', async () => {
      const withQuery = await newConnection({
        signAuthnRequests: true,
        idpSsoUrl: 'https://idp.example/sso?tenant=1&SAMLRequests=no',
      })
      const [certificate] = await spCertificates(owner, withQuery.id)
      const { url, query } = await start(withQuery)
      expect(url).toMatch(/^https:\/\/idp\.example\/sso\?tenant=1&SAMLRequests=no&SAMLRequest=/)
      expect(verifyWith(query.slice(query.indexOf('SAMLRequest=')), certificate?.pem ?? '')).toBe(true)
    })

    test('is signed with the former key until that is deleted, and then with the next one', async () => {
      const [former] = await spCertificates(owner, connection.id)
      await rotateSpKey(owner, connection.id, 'SIGNING')
      const [, next] = await spCertificates(owner, connection.id)
      expect(verifyWith((await start(connection)).query, former?.pem ?? '')).toBe(true)
      await deleteSpKey(owner, former?.id ?? '')
      expect(verifyWith((await start(connection)).query, next?.pem ?? '')).toBe(true)
    })

    test('leads to a sign-in like any other', async () => {
      expect(await outcome(connection)).toBe('signed in')
    })
  })
})

describe('authentication at every sign-in', () => {
  let connection: SamlConnection
  beforeEach(async () => {
    connection = await newConnection({ forceAuthn: true })
  })
  const authenticated = (milliseconds: number) => ({ authnInstant: plus(clock.now(), milliseconds).toISOString() })

  test('is asked for', async () => {
    expect((await start(connection)).xml).toContain(' ForceAuthn="true"')
  })

  test('is taken from the moment of the request on', async () => {
    expect(await outcome(connection)).toBe('signed in')
    expect(await outcome(connection, authenticated(-minutes(2.9)))).toBe('signed in')
  })

  test('is refused when the person authenticated before, beyond the clock skew', async () => {
    expect(await outcome(connection, authenticated(-minutes(3.1)))).toBe('AUTHN_TOO_OLD')
    const statements = [-minutes(60), 0].map(
      (at) =>
        `<saml:AuthnStatement AuthnInstant="${authenticated(at).authnInstant}"><saml:AuthnContext><saml:AuthnContextClassRef>${password}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    )
    expect(await outcome(connection, { authnStatement: statements.join('') })).toBe('AUTHN_TOO_OLD')
  })

  test('holds for a sign-in that the identity provider starts too: it happened just now, or it starts here', async () => {
    const both = await newConnection({ forceAuthn: true, allowIdpInitiated: true })
    const unasked = { inResponseTo: null, confirmationInResponseTo: null }
    const { step } = await signIn(app, idp, both, somebody(), { lies: { ...unasked, ...authenticated(-minutes(2.9)) } })
    expect('location' in step && step.location).toMatch(/^\/sso\/confirm\?t=/)
    expect(await outcome(both, { ...unasked, ...authenticated(-minutes(3.1)) })).toBe('AUTHN_TOO_OLD')
    const { node } = await owner.run<{ node: { signInAttempts: { nodes: { advice: string }[] } } }>(
      'query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes { advice } } } } }',
      { id: both.id },
    )
    expect(node.signInAttempts.nodes[0]?.advice).toContain('our SSO login URL')
  })

  test('is not required where nobody asks for it', async () => {
    expect(await outcome(await newConnection({}), authenticated(-minutes(60)))).toBe('signed in')
  })
})

describe('an authentication context', () => {
  const statement = (...classes: string[]) => ({
    authnStatement: classes
      .map(
        (name) =>
          `<saml:AuthnStatement AuthnInstant="${clock.now().toISOString()}"><saml:AuthnContext><saml:AuthnContextClassRef>${name}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
      )
      .join(''),
  })

  test('is asked for exactly', async () => {
    const { xml } = await start(await newConnection({ requestedAuthnContext: multiFactor }))
    expect(xml).toContain(
      `</saml:Issuer><samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>${multiFactor}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext></samlp:AuthnRequest>`,
    )
  })

  test('is required once it was asked for', async () => {
    const connection = await newConnection({ requestedAuthnContext: multiFactor })
    expect(await outcome(connection, statement(multiFactor))).toBe('signed in')
    expect(await outcome(connection, statement(password))).toBe('AUTHN_CONTEXT_MISMATCH')
    expect(await outcome(connection, statement(multiFactor, password))).toBe('AUTHN_CONTEXT_MISMATCH')
    expect(await outcome(connection, statement(`${multiFactor}/more`))).toBe('AUTHN_CONTEXT_MISMATCH')
    const none = `<saml:AuthnStatement AuthnInstant="${clock.now().toISOString()}"><saml:AuthnContext><saml:AuthnContextDeclRef>${multiFactor}</saml:AuthnContextDeclRef></saml:AuthnContext></saml:AuthnStatement>`
    expect(await outcome(connection, { authnStatement: none })).toBe('AUTHN_CONTEXT_MISMATCH')
  })

  test('may be any where none was asked for', async () => {
    expect(await outcome(await newConnection({}), statement('urn:of:nobody'))).toBe('signed in')
  })
})
