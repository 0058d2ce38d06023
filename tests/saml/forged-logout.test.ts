import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import type { IdentityProvider } from '../testkit/identity-provider.ts'
import {
  deflated,
  type LogoutOrder,
  logoutRequestXml,
  logoutResponseXml,
  persistent,
  postField,
  redirectQuery,
  signQuery,
} from '../testkit/logout-messages.ts'
import { connect, createWorld, type SamlConnection, signIn, type World } from '../testkit/scenario.ts'
import { signElement } from '../testkit/xml-signature.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'

let app: TestApp
let clock: TestClock
let world: World
let idp: IdentityProvider
let connection: SamlConnection
/** Whom everybody wants to sign out, and somebody else, about whom the identity provider did say so. */
const victim = { subject: 'victim', email: 'victim@acme.example' }
let session: GraphqlClient

beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  world = await createWorld(app)
  idp = world.idp
  connection = await connect(world.owner, world.organization.id, idp, { idpSloUrl: 'https://idp.example/slo' })
})
afterAll(() => app.close())
beforeEach(async () => {
  const { step, client } = await signIn(app, idp, connection, victim)
  if (!('location' in step)) throw new Error(step.refused)
  session = client
})

const sloUrl = (): string => `${app.origin}/sso/${connection.id}/slo`
const order = (lies: Partial<LogoutOrder> = {}): LogoutOrder => ({
  now: clock.now(),
  destination: sloUrl(),
  subject: victim.subject,
  ...lies,
})
const request = (lies: Partial<LogoutOrder> = {}): string => logoutRequestXml(idp, order(lies))
const base64 = (xml: string): string => Buffer.from(xml).toString('base64')

const stillSignedIn = async (): Promise<boolean> => (await session.codeOf('{ viewer { user { id } } }')) === 'OK'

async function reasonOf(response: Response): Promise<string> {
  if (response.status === 303) return `led to ${response.headers.get('location')}`
  return /Reason: <span class="reference">([A-Z_]+)</.exec(await response.text())?.[1] ?? `${response.status}`
}
const get = async (query: string): Promise<string> =>
  reasonOf(await new BrowserSession(app.origin).get(`/sso/${connection.id}/slo?${query}`))
const postFields = async (...fields: [string, string][]): Promise<string> =>
  reasonOf(await new BrowserSession(app.origin).postFromOtherSite(`/sso/${connection.id}/slo`, fields))
const postXml = (xml: string): Promise<string> => postFields(['SAMLRequest', base64(xml)])

const lastRefusal = async (): Promise<string> => {
  const { node } = await world.owner.run<{ node: { auditEvents: { nodes: { type: string; summary: string }[] } } }>(
    'query($id: ID!) { node(id: $id) { ... on Organization { auditEvents(first: 5) { nodes { type summary } } } } }',
    { id: world.organization.id },
  )
  return node.auditEvents.nodes.find((event) => event.type === 'logout.refused')?.summary ?? ''
}

type Outcome = { answer: string; recorded: string; signedIn: boolean }

const outcomeOf = async (answer: Promise<string>): Promise<Outcome> => ({
  answer: await answer,
  recorded: /A logout message was refused: ([A-Z_]+)\./.exec(await lastRefusal())?.[1] ?? 'nothing',
  signedIn: await stillSignedIn(),
})

/** Refused for this reason, recorded with it, and without any effect. */
const refusedFor = (reason: string): Outcome => ({ answer: reason, recorded: reason, signedIn: true })

test('the true messages, of which each forged one differs in one thing, do sign the victim out', async () => {
  expect(await get(redirectQuery(idp, 'SAMLRequest', request()))).toMatch(/^led to https:\/\/idp\.example\/slo\?/)
  expect(await stillSignedIn()).toBe(false)
  session = (await signIn(app, idp, connection, victim)).client
  expect(await postFields(['SAMLRequest', postField(idp, request())])).toMatch(/^led to https:\/\/idp\.example\/slo\?/)
  expect(await stillSignedIn()).toBe(false)
})

describe('by HTTP-POST', () => {
  const nameId = (subject: string): string =>
    `<saml:NameID xmlns:saml="${saml}" Format="${persistent}">${subject}</saml:NameID>`
  const mallorys = (): string => signElement(request({ subject: 'mallory', id: '_genuine' }), idp.signer)
  const forged = (): string => request({ id: '_forged' })
  /** The signature and the genuine request without it. */
  const apart = (): { signature: string; bare: string } => {
    const signed = mallorys()
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/.exec(signed) ?? []
    return { signature, bare: signed.replace(signature, '') }
  }
  /** The schema lets anything of a foreign name stand there, and anything in it. */
  const extensions = (what: string): string =>
    `<samlp:Extensions><note xmlns="urn:mallory">${what}</note></samlp:Extensions>`
  const afterIssuer = (xml: string, what: string): string => xml.replace('</saml:Issuer>', `</saml:Issuer>${what}`)

  test.each<[string, string, () => string]>([
    ['unsigned', 'SIGNATURE_MISSING', () => request()],
    [
      'another name, put in after it was signed',
      'SIGNATURE_INVALID',
      () => mallorys().replace('>mallory<', '>victim<'),
    ],
    [
      'a session index, put in after it was signed',
      'SIGNATURE_INVALID',
      () => signElement(request({ sessionIndexes: ['_a'] }), idp.signer).replace('>_a<', '>_b<'),
    ],
    [
      'the genuine request in the extensions of the forged one, its signature in its own place',
      'MESSAGE_NOT_ALLOWED',
      () => request({ extensions: extensions(mallorys()) }),
    ],
    [
      'the genuine request in extensions, its signature on the forged one',
      'MESSAGE_NOT_ALLOWED',
      () => {
        const { signature, bare } = apart()
        return afterIssuer(forged(), `${signature}${extensions(bare)}`)
      },
    ],
    [
      'the genuine request in an object of its signature',
      'MESSAGE_NOT_ALLOWED',
      () => {
        const { signature, bare } = apart()
        const object = `<ds:Object>${bare}</ds:Object></ds:Signature>`
        return afterIssuer(forged(), signature.replace('</ds:Signature>', object))
      },
    ],
    [
      'the genuine request beside the forged name',
      'MESSAGE_MALFORMED',
      () => request({ nameIdXml: nameId('victim') + mallorys() }),
    ],
    ['the genuine signature alone', 'ALGORITHM_NOT_ALLOWED', () => afterIssuer(forged(), apart().signature)],
    [
      'the genuine signature under the same ID',
      'SIGNATURE_INVALID',
      () => afterIssuer(request({ id: '_genuine' }), apart().signature),
    ],
    [
      'a signature at the end',
      'MESSAGE_MALFORMED',
      () => {
        const { signature, bare } = apart()
        return bare.replace('</samlp:LogoutRequest>', `${signature}</samlp:LogoutRequest>`)
      },
    ],
    [
      'two names',
      'MESSAGE_MALFORMED',
      () => signElement(request({ nameIdXml: nameId('victim') + nameId('mallory') }), idp.signer),
    ],
    ['a comment in the name', 'MESSAGE_NOT_ALLOWED', () => mallorys().replace('>mallory<', '>victim<!-- -->.mallory<')],
    ['a document type', 'MESSAGE_NOT_ALLOWED', () => `<!DOCTYPE a [<!ENTITY b "victim">]>${mallorys()}`],
    [
      'a signed response to a sign-in',
      'MESSAGE_MALFORMED',
      () =>
        idp.responseXml({
          acsUrl: connection.redirectUrl,
          audience: connection.spEntityId,
          now: clock.now(),
          inResponseTo: null,
          person: victim,
          sign: 'both',
        }),
    ],
    [
      'a LogoutResponse as a request',
      'MESSAGE_MALFORMED',
      () =>
        signElement(
          logoutResponseXml(idp, { now: clock.now(), destination: sloUrl(), inResponseTo: '_x' }),
          idp.signer,
        ),
    ],
    ['a request in a foreign namespace', 'MESSAGE_MALFORMED', () => mallorys().replaceAll(samlp, 'urn:mallory')],
    ['an EncryptedID', 'NAME_ID_ENCRYPTED', () => request({ nameIdXml: encryptedId })],
  ])('%s', async (_name, reason, xml) => {
    expect(await outcomeOf(postXml(xml()))).toEqual(refusedFor(reason))
  })

  const encryptedId = `<saml:EncryptedID xmlns:saml="${saml}"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedID>`

  test.each<[string, string, Parameters<typeof postField>[2]]>([
    ['RSA with SHA-1', 'ALGORITHM_NOT_ALLOWED', { algorithm: 'rsa-sha1' }],
    ['a SHA-1 digest', 'ALGORITHM_NOT_ALLOWED', { digest: 'sha1' }],
    ['a reference to the whole document', 'ALGORITHM_NOT_ALLOWED', { referenceUri: '' }],
  ])('%s', async (_name, reason, signing) => {
    expect(await outcomeOf(postFields(['SAMLRequest', postField(idp, request(), signing)]))).toEqual(refusedFor(reason))
  })

  test('the key of another identity provider', async () => {
    expect(await outcomeOf(postFields(['SAMLRequest', postField(world.otherIdp, request())]))).toEqual(
      refusedFor('SIGNATURE_INVALID'),
    )
  })

  test('the certificate of the trusted identity provider, cloned with another key', async () => {
    const clone = await createSigningKey()
    expect(await outcomeOf(postFields(['SAMLRequest', postField(idp, request(), { signer: clone })]))).toEqual(
      refusedFor('SIGNATURE_INVALID'),
    )
  })

  test.each<[string, string, () => [string, string][]]>([
    ['nothing', 'MESSAGE_MISSING', () => []],
    ['an empty request', 'MESSAGE_MISSING', () => [['SAMLRequest', '']]],
    [
      'the request twice',
      'MESSAGE_AMBIGUOUS',
      () => [
        ['SAMLRequest', postField(idp, request({ subject: 'mallory' }))],
        ['SAMLRequest', base64(request())],
      ],
    ],
    [
      'a request and an answer',
      'MESSAGE_AMBIGUOUS',
      () => [
        ['SAMLRequest', postField(idp, request())],
        ['SAMLResponse', base64(request())],
      ],
    ],
    ['text that is not Base64', 'MESSAGE_MALFORMED', () => [['SAMLRequest', '<xml>']]],
    ['more than 256 KiB', 'MESSAGE_TOO_LARGE', () => [['SAMLRequest', 'A'.repeat(256 * 1024 + 4)]]],
    [
      'a long RelayState',
      'MESSAGE_NOT_ALLOWED',
      () => [
        ['SAMLRequest', postField(idp, request())],
        ['RelayState', 'r'.repeat(1025)],
      ],
    ],
  ])('%s', async (_name, reason, fields) => {
    expect(await outcomeOf(postFields(...fields()))).toEqual(refusedFor(reason))
  })
})

describe('by HTTP-Redirect', () => {
  const signed = (xml = request(), relay?: string): string => redirectQuery(idp, 'SAMLRequest', xml, relay)
  const parameter = (query: string, name: string): string =>
    query.split('&').find((pair) => pair.startsWith(`${name}=`)) ?? ''
  const without = (query: string, name: string): string =>
    query
      .split('&')
      .filter((pair) => !pair.startsWith(`${name}=`))
      .join('&')

  test.each<[string, string, () => string]>([
    ['nothing', 'MESSAGE_MISSING', () => ''],
    ['without a signature', 'SIGNATURE_MISSING', () => without(without(signed(), 'Signature'), 'SigAlg')],
    ['without the signature value', 'SIGNATURE_MISSING', () => without(signed(), 'Signature')],
    ['without the algorithm', 'SIGNATURE_MISSING', () => without(signed(), 'SigAlg')],
    [
      'RSA with SHA-1',
      'ALGORITHM_NOT_ALLOWED',
      () => signQuery(`SAMLRequest=${deflated(request())}`, idp.signer, 'rsa-sha1'),
    ],
    [
      'an algorithm that is called like a property of objects',
      'ALGORITHM_NOT_ALLOWED',
      () => signed().replace(/SigAlg=[^&]*/, 'SigAlg=constructor'),
    ],
    [
      'another algorithm than it was signed with',
      'SIGNATURE_INVALID',
      () => signed().replace('rsa-sha256', 'rsa-sha512'),
    ],
    [
      'the key of another identity provider',
      'SIGNATURE_INVALID',
      () => redirectQuery(world.otherIdp, 'SAMLRequest', request()),
    ],
    [
      'another request under a genuine signature',
      'SIGNATURE_INVALID',
      () => signed(request({ subject: 'mallory' })).replace(/SAMLRequest=[^&]*/, `SAMLRequest=${deflated(request())}`),
    ],
    [
      'another RelayState',
      'SIGNATURE_INVALID',
      () => signed(request(), 'mine').replace('RelayState=mine', 'RelayState=theirs'),
    ],
    ['a RelayState that was not signed', 'SIGNATURE_INVALID', () => `${signed()}&RelayState=x`],
    ['a RelayState taken away', 'SIGNATURE_INVALID', () => without(signed(request(), 'mine'), 'RelayState')],
    [
      'the forged request before the genuine one',
      'MESSAGE_AMBIGUOUS',
      () => `SAMLRequest=${deflated(request())}&${signed(request({ subject: 'mallory' }))}`,
    ],
    [
      'the forged request after the genuine one',
      'MESSAGE_AMBIGUOUS',
      () => `${signed(request({ subject: 'mallory' }))}&SAMLRequest=${deflated(request())}`,
    ],
    [
      'the forged request under a name written otherwise',
      'MESSAGE_AMBIGUOUS',
      () => `${signed(request({ subject: 'mallory' }))}&SAML%52equest=${deflated(request())}`,
    ],
    ['a request and an answer', 'MESSAGE_AMBIGUOUS', () => `${signed()}&SAMLResponse=${deflated(request())}`],
    ['two algorithms', 'MESSAGE_AMBIGUOUS', () => `${signed()}&${parameter(signed(), 'SigAlg')}`],
    ['two signatures', 'MESSAGE_AMBIGUOUS', () => `${signed()}&Signature=AAAA`],
    [
      'another encoding',
      'MESSAGE_NOT_ALLOWED',
      () => `${signed()}&SAMLEncoding=${encodeURIComponent('urn:example:plain')}`,
    ],
    [
      'more than 256 KiB, once inflated',
      'MESSAGE_TOO_LARGE',
      () => signed(request({ extensions: ' '.repeat(256 * 1024) })),
    ],
    [
      'text that was not deflated',
      'MESSAGE_MALFORMED',
      () => signQuery(`SAMLRequest=${encodeURIComponent(base64(request()))}`, idp.signer),
    ],
    [
      'bytes that are not UTF-8',
      'MESSAGE_MALFORMED',
      () => signQuery(`SAMLRequest=${deflated(Buffer.from([0x3c, 0xff, 0xfe]))}`, idp.signer),
    ],
    ['something that is no message', 'MESSAGE_MALFORMED', () => signed('<hello></hello>')],
    ['a comment in the name', 'MESSAGE_NOT_ALLOWED', () => signed(request().replace('>victim<', '>victim<!-- -->.x<'))],
    [
      'a signature inside the message, whose place is in the address',
      'MESSAGE_NOT_ALLOWED',
      () => signed(signElement(request(), idp.signer)),
    ],
    [
      'a signature inside the message alone',
      'SIGNATURE_MISSING',
      () => `SAMLRequest=${deflated(signElement(request(), idp.signer))}`,
    ],
    ['an undone percent sign', 'MESSAGE_MALFORMED', () => signQuery('SAMLRequest=%zz', idp.signer)],
  ])('%s', async (_name, reason, query) => {
    expect(await outcomeOf(get(query()))).toEqual(refusedFor(reason))
  })

  test('a bomb that nobody signed is not inflated at all', async () => {
    const bomb = deflateRawSync(Buffer.alloc(3 * 1024 * 1024, 60)).toString('base64')
    expect(await outcomeOf(get(`SAMLRequest=${encodeURIComponent(bomb)}`))).toEqual(refusedFor('SIGNATURE_MISSING'))
  })

  test('a bomb that was signed stops at 256 KiB', async () => {
    const bomb = deflateRawSync(Buffer.alloc(3 * 1024 * 1024, 60)).toString('base64')
    const query = signQuery(`SAMLRequest=${encodeURIComponent(bomb)}`, idp.signer)
    expect(await outcomeOf(get(query))).toEqual(refusedFor('MESSAGE_TOO_LARGE'))
  })

  test('parameters in another order, and others between them, change nothing', async () => {
    const parts = signed(request(), 'state').split('&')
    expect(await get(['tracking=1', ...parts.reverse()].join('&'))).toMatch(/^led to https:/)
    expect(await stillSignedIn()).toBe(false)
  })

  test('an elliptic curve key signs as well', async () => {
    const signer = await createSigningKey({ kind: 'ec' })
    const curved = await connect(world.owner, world.organization.id, idp, {
      idpCertificates: [signer.certificate, idp.certificate],
      idpSloUrl: 'https://idp.example/slo',
    })
    const { client } = await signIn(app, idp, curved, { subject: 'ec', email: 'ec@acme.example' })
    const xml = request({ subject: 'ec', destination: `${app.origin}/sso/${curved.id}/slo` })
    const query = signQuery(`SAMLRequest=${deflated(xml)}`, signer, 'ecdsa-sha256')
    const response = await new BrowserSession(app.origin).get(`/sso/${curved.id}/slo?${query}`)
    expect(response.status).toBe(303)
    expect(await client.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
  })
})

describe('signed, but', () => {
  const at = (offset: number): string => new Date(clock.now().getTime() + offset).toISOString()

  test.each<[string, string, () => Partial<LogoutOrder>]>([
    ['of another issuer', 'ISSUER_MISMATCH', () => ({ issuer: 'https://evil.example' })],
    ['of an issuer in other letter case', 'ISSUER_MISMATCH', () => ({ issuer: idp.entityId.toUpperCase() })],
    [
      'for another connection',
      'DESTINATION_MISMATCH',
      () => ({ destination: `${app.origin}/sso/${world.connection.id}/slo` }),
    ],
    ['for the ACS', 'DESTINATION_MISMATCH', () => ({ destination: connection.redirectUrl })],
    ['for nowhere', 'DESTINATION_MISMATCH', () => ({ destination: null })],
    ['of another version', 'VERSION_UNSUPPORTED', () => ({ version: '1.1' })],
    ['of yesterday', 'EXPIRED', () => ({ issueInstant: at(-minutes(24 * 60)), notOnOrAfter: null })],
    [
      'more than ten minutes and the skew old',
      'EXPIRED',
      () => ({ issueInstant: at(-minutes(14)), notOnOrAfter: null }),
    ],
    ['past its end', 'EXPIRED', () => ({ notOnOrAfter: at(-minutes(3)) })],
    ['from the future', 'NOT_YET_VALID', () => ({ issueInstant: at(minutes(4)) })],
    ['good for ten years', 'LIFETIME_INVALID', () => ({ notOnOrAfter: at(minutes(60 * 24 * 3650)) })],
    ['with an end in another zone', 'LIFETIME_INVALID', () => ({ notOnOrAfter: '2030-01-01T00:00:00+02:00' })],
    ['about an empty name', 'NAME_ID_MISSING', () => ({ subject: ' ' })],
  ])('%s', async (_name, reason, lies) => {
    expect(await outcomeOf(get(redirectQuery(idp, 'SAMLRequest', request(lies()))))).toEqual(refusedFor(reason))
    expect(await outcomeOf(postFields(['SAMLRequest', postField(idp, request(lies()))]))).toEqual(refusedFor(reason))
  })

  test('of no issuer', async () => {
    expect(await outcomeOf(get(redirectQuery(idp, 'SAMLRequest', request({ issuer: null }))))).toEqual(
      refusedFor('ISSUER_MISMATCH'),
    )
  })

  test.each(['Redirect', 'POST'])('used before, by HTTP-%s', async (binding) => {
    const xml = request({ subject: 'mallory', notOnOrAfter: null })
    const send = (): Promise<string> =>
      binding === 'POST'
        ? postFields(['SAMLRequest', postField(idp, xml)])
        : get(redirectQuery(idp, 'SAMLRequest', xml))
    expect(await send()).toMatch(/^led to/)
    expect(await outcomeOf(send())).toEqual(refusedFor('MESSAGE_REPLAYED'))
    clock.advance(minutes(12))
    expect(await outcomeOf(send())).toEqual(refusedFor('MESSAGE_REPLAYED'))
    clock.advance(minutes(3))
    expect(await outcomeOf(send())).toEqual(refusedFor('EXPIRED'))
  })

  test('used in the other binding before', async () => {
    const xml = request({ subject: 'mallory' })
    expect(await get(redirectQuery(idp, 'SAMLRequest', xml))).toMatch(/^led to/)
    expect(await outcomeOf(postFields(['SAMLRequest', postField(idp, xml)]))).toEqual(refusedFor('MESSAGE_REPLAYED'))
  })

  test('at twenty doors at the same moment counts once', async () => {
    const query = redirectQuery(idp, 'SAMLRequest', request({ subject: 'mallory' }))
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(query)))
    expect(answers.filter((answer) => answer.startsWith('led to'))).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'MESSAGE_REPLAYED')).toHaveLength(19)
  })
})

describe('a connection', () => {
  test('that does not know its identity provider’s entity ID takes no logout message', async () => {
    const unnamed = await connect(world.owner, world.organization.id, idp, { idpEntityId: null })
    const xml = request({ destination: `${app.origin}/sso/${unnamed.id}/slo` })
    const query = redirectQuery(idp, 'SAMLRequest', xml)
    const response = await new BrowserSession(app.origin).get(`/sso/${unnamed.id}/slo?${query}`)
    expect(await reasonOf(response)).toBe('CONNECTION_INCOMPLETE')
    expect(await lastRefusal()).toContain('CONNECTION_INCOMPLETE')
  })

  test('that there is not answers so, and nothing is recorded', async () => {
    const response = await new BrowserSession(app.origin).get('/sso/sso_nothing/slo?SAMLRequest=x')
    expect(response.status).toBe(404)
    expect(await reasonOf(response)).toBe('CONNECTION_NOT_FOUND')
  })

  test('of Entra answers under either name of its tenant, and of no other tenant', async () => {
    const tenant = '11111111-2222-3333-4444-555555555555'
    const entra = await connect(world.owner, world.organization.id, idp, {
      idpEntityId: `https://sts.windows.net/${tenant}/`,
      idpSloUrl: 'https://login.microsoftonline.com/slo',
    })
    const send = async (issuer: string): Promise<string> => {
      const xml = request({ destination: `${app.origin}/sso/${entra.id}/slo`, issuer })
      const query = redirectQuery(idp, 'SAMLRequest', xml)
      return reasonOf(await new BrowserSession(app.origin).get(`/sso/${entra.id}/slo?${query}`))
    }
    expect(await send(`https://login.microsoftonline.com/${tenant}/`)).toMatch(/^led to/)
    expect(await send(`https://sts.windows.net/${tenant}/`)).toMatch(/^led to/)
    const foreign = 'https://login.microsoftonline.com/99999999-2222-3333-4444-555555555555/'
    expect(await send(foreign)).toBe('ISSUER_MISMATCH')
  })
})

describe('the refusal page', () => {
  test('says nothing about the trust, and gives the reference of the record', async () => {
    const xml = request({ issuer: 'https://evil.example' })
    const query = redirectQuery(idp, 'SAMLRequest', xml)
    const response = await new BrowserSession(app.origin).get(`/sso/${connection.id}/slo?${query}`)
    const page = await response.text()
    expect(response.status).toBe(403)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(page).not.toContain(idp.entityId)
    expect(page).not.toContain('evil.example')
    const [, reference] = /<p class="reference">([^<]+)</.exec(page) ?? []
    const { node } = await world.owner.run<{ node: { auditEvents: { nodes: { requestId: string }[] } } }>(
      'query($id: ID!) { node(id: $id) { ... on Organization { auditEvents(first: 1) { nodes { requestId } } } } }',
      { id: world.organization.id },
    )
    expect(node.auditEvents.nodes[0]?.requestId).toBe(reference)
  })

  test('appears for a body that is too large, or in another form', async () => {
    const send = (body: string, type: string): Promise<Response> =>
      fetch(sloUrl(), { method: 'POST', headers: { 'content-type': type }, body, redirect: 'manual' })
    const form = 'application/x-www-form-urlencoded'
    expect(await reasonOf(await send(`SAMLRequest=${'A'.repeat(400 * 1024)}`, form))).toBe('MESSAGE_TOO_LARGE')
    expect(await reasonOf(await send('<xml/>', 'text/xml'))).toBe('MESSAGE_MISSING')
  })
})

test('refused messages are limited, by address', async () => {
  const limited = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
  try {
    const statuses: number[] = []
    for (let sent = 0; sent < 63; sent++) {
      statuses.push((await fetch(`${limited.origin}/sso/sso_nothing/slo?SAMLRequest=x`)).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 60 }, () => 404), 429, 429, 429])
  } finally {
    await limited.close()
  }
})

test.each(['"text"', '1', 'true', '[]', '{"SAMLRequest":"x"}'])(
  'a body that is no form holds no message: %s',
  async (body) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(sloUrl(), { method: 'POST', body, headers })
    expect(await reasonOf(response)).toBe('MESSAGE_MISSING')
  },
)

test.each([
  ['a NUL', '%00'],
  ['half a sign where the record cuts it', encodeURIComponent(`${'a'.repeat(298)}😀 and more`)],
])('an algorithm whose name has %s in it is refused and recorded like any other', async (_what, name) => {
  // The page comes after the record, in the same transaction.
  expect(await get(`SAMLRequest=x&SigAlg=${name}&Signature=x`)).toBe('ALGORITHM_NOT_ALLOWED')
})

test.each(['/sso/test-result?attempt=%00&request=%00', '/sso/test-result?attempt=att_1&request=%00', 'finish'])(
  'an address with a NUL in it leads where any other unknown one leads: %s',
  async (path) => {
    const browser = new BrowserSession(app.origin)
    await browser.get(`/sso/${connection.id}/login`)
    const response = await browser.get(path === 'finish' ? `/sso/${connection.id}/slo/finish?request=%00` : path)
    expect(response.status).toBe(path === 'finish' ? 303 : 200)
  },
)
