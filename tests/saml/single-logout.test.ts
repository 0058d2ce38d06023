import { verify, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minutes } from '../../server/src/core/clock.ts'
import { lockSubject } from '../../server/src/sso/login/sign-in-state.store.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import type { Answer, IdentityProvider, Person } from '../testkit/identity-provider.ts'
import {
  type LogoutAnswer,
  type LogoutOrder,
  logoutRequestXml,
  logoutResponseXml,
  postField,
  readRedirected,
  redirectQuery,
} from '../testkit/logout-messages.ts'
import {
  answerTo,
  connect,
  createWorld,
  follow,
  ownerPassword,
  post,
  type SamlConnection,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'
import { fetchSpMetadata, spCertificates } from '../testkit/sp-keys.ts'

const idpSloUrl = 'https://idp.example/slo?tenant=acme'
const signOutMutation = 'mutation { signOut { redirectUrl } }'

let app: TestApp
let clock: TestClock
let world: World
let idp: IdentityProvider
let connection: SamlConnection
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  world = await createWorld(app)
  idp = world.idp
  connection = await connect(world.owner, world.organization.id, idp, { name: 'With logout', idpSloUrl })
})
afterAll(() => app.close())

let number = 0
const somebody = (): Person => {
  number += 1
  return { subject: `leaver-${number}`, email: `leaver-${number}@acme.example`, name: `Leaver ${number}` }
}

const sloPath = (at: SamlConnection = connection): string => `/sso/${at.id}/slo`
const sloUrl = (at: SamlConnection = connection): string => app.origin + sloPath(at)

/** The session as the identity provider names it. */
const inSession = (sessionIndex: string): Partial<Answer> => ({
  authnStatement: `<saml:AuthnStatement AuthnInstant="${clock.now().toISOString()}" SessionIndex="${sessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
})

type SignedIn = { browser: BrowserSession; client: GraphqlClient }

async function signedIn(
  person: Person,
  lies: Partial<Answer> = {},
  at: SamlConnection = connection,
  by: IdentityProvider = idp,
): Promise<SignedIn> {
  const { step, browser, client } = await signIn(app, by, at, person, { lies })
  if (!('location' in step)) throw new Error(`${person.email} could not sign in: ${step.refused}`)
  return { browser, client }
}

const isSignedIn = async ({ client }: { client: GraphqlClient }): Promise<boolean> => {
  const code = await client.codeOf('{ viewer { user { id } } }')
  if (code !== 'OK' && code !== 'UNAUTHENTICATED') throw new Error(code)
  return code === 'OK'
}

const order = (subject: string, lies: Partial<LogoutOrder> = {}): LogoutOrder => ({
  now: clock.now(),
  destination: sloUrl(),
  subject,
  ...lies,
})

/** Somebody's browser, without any cookie of ours, brings a LogoutRequest by POST. */
const demand = (lies: LogoutOrder, browser = new BrowserSession(app.origin)): Promise<Response> =>
  browser.postFromOtherSite(sloPath(), [['SAMLRequest', postField(idp, logoutRequestXml(idp, lies))]])

const events = async (type: string): Promise<{ summary: string; actor: string }[]> => {
  const { node } = await world.owner.run<{
    node: { auditEvents: { nodes: { type: string; summary: string; actor: string }[] } }
  }>(
    'query($id: ID!) { node(id: $id) { ... on Organization { auditEvents(first: 20) { nodes { type summary actor } } } } }',
    { id: world.organization.id },
  )
  return node.auditEvents.nodes.filter((event) => event.type === type)
}

const memberEmails = async (): Promise<string[]> => {
  const { organization } = await world.owner.run<{
    organization: { memberships: { nodes: { user: { email: string } }[] } }
  }>('{ organization(slug: "acme") { memberships(first: 100) { nodes { user { email } } } } }')
  return organization.memberships.nodes.map(({ user }) => user.email)
}

describe('a logout that begins at the identity provider', () => {
  test('ends the session that it names, from another site and without our cookies', async () => {
    const person = somebody()
    const session = await signedIn(person, inSession('_a'))
    const response = await demand(order(person.subject, { sessionIndexes: ['_a'] }))
    expect(response.status).toBe(303)
    expect(await isSignedIn(session)).toBe(false)
    expect(await events('session.endedByIdp')).toContainEqual(
      expect.objectContaining({
        summary: `Signed ${person.email} out through single logout.`,
        actor: 'the identity provider of With logout',
      }),
    )
  })

  test('is answered by HTTP-Redirect with Success, to the request that asked, with its RelayState', async () => {
    const person = somebody()
    await signedIn(person)
    const xml = logoutRequestXml(idp, order(person.subject, { id: '_asked' }))
    const query = redirectQuery(idp, 'SAMLRequest', xml, 'state & more')
    const response = await new BrowserSession(app.origin).get(`${sloPath()}?${query}`)
    const { url, parameter, xml: answer } = readRedirected(response.headers.get('location') ?? '')
    expect(parameter).toBe('SAMLResponse')
    expect(url.href.startsWith(`${idpSloUrl}&SAMLResponse=`)).toBe(true)
    expect(url.searchParams.get('RelayState')).toBe('state & more')
    expect(answer).toContain('InResponseTo="_asked"')
    expect(answer).toContain(`Destination="${idpSloUrl}"`)
    expect(answer).toContain(`<saml:Issuer>${connection.spEntityId}</saml:Issuer>`)
    expect(answer).toContain('Value="urn:oasis:names:tc:SAML:2.0:status:Success"')
  })

  test('takes the cookie of the session away when it arrives with the request, and no other', async () => {
    const [leaver, other] = [somebody(), somebody()]
    const mine = await signedIn(leaver)
    const bystander = await signedIn(other)
    const query = redirectQuery(idp, 'SAMLRequest', logoutRequestXml(idp, order(leaver.subject)))
    await bystander.browser.get(`${sloPath()}?${query}`)
    expect(bystander.browser.has('gatehouse_session')).toBe(true)
    expect(await isSignedIn(bystander)).toBe(true)
    expect(await isSignedIn(mine)).toBe(false)
    const again = await signedIn(leaver)
    const second = redirectQuery(idp, 'SAMLRequest', logoutRequestXml(idp, order(leaver.subject)))
    await again.browser.get(`${sloPath()}?${second}`)
    expect(again.browser.has('gatehouse_session')).toBe(false)
  })

  test('leaves every session alone that it does not name', async () => {
    const person = somebody()
    const named = await signedIn(person, inSession('_one'))
    const alsoNamed = await signedIn(person, inSession('_two'))
    const unnamed = await signedIn(person, inSession('_three'))
    const other = await signedIn(somebody(), inSession('_one'))
    const namesake = await signedIn(
      { subject: person.subject, email: `${person.subject}@globex.example` },
      inSession('_one'),
      world.otherConnection,
      world.otherIdp,
    )
    await demand(order(person.subject, { sessionIndexes: ['_one', '_two'] }))
    expect(await isSignedIn(named)).toBe(false)
    expect(await isSignedIn(alsoNamed)).toBe(false)
    expect(await isSignedIn(unnamed)).toBe(true)
    expect(await isSignedIn(other)).toBe(true)
    expect(await isSignedIn(namesake)).toBe(true)
  })

  test('without a SessionIndex ends all sessions of the person through this connection', async () => {
    const person = somebody()
    const sessions = [await signedIn(person, inSession('_x')), await signedIn(person, inSession('_y'))]
    const elsewhere = await signedIn(
      { subject: person.subject, email: `${person.subject}-2@globex.example` },
      {},
      world.otherConnection,
      world.otherIdp,
    )
    await demand(order(person.subject))
    for (const session of sessions) expect(await isSignedIn(session)).toBe(false)
    expect(await isSignedIn(elsewhere)).toBe(true)
    expect((await events('session.endedByIdp'))[0]?.summary).toContain('in 2 browsers')
  })

  test.each<[string, Partial<LogoutOrder>, boolean]>([
    ['another format', { format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }, true],
    ['no format', { format: null }, true],
    ['the name qualifier of another identity provider', { nameQualifier: 'https://other.example' }, true],
    ['the qualifier of another service', { spNameQualifier: 'https://other.example' }, true],
    ['the qualifier of this identity provider, which goes without saying', { nameQualifier: 'idp' }, false],
    ['our own qualifier, which goes without saying', { spNameQualifier: 'sp' }, false],
  ])('the same name with %s', async (_name, lies, stays) => {
    const person = somebody()
    const session = await signedIn(person)
    const meant = {
      ...lies,
      ...(lies.nameQualifier === 'idp' && { nameQualifier: idp.entityId }),
      ...(lies.spNameQualifier === 'sp' && { spNameQualifier: connection.spEntityId }),
    }
    expect((await demand(order(person.subject, meant))).status).toBe(303)
    expect(await isSignedIn(session)).toBe(stays)
  })

  test('finds the session by the NameID as it was sent, whatever the person is recognized by', async () => {
    const person = somebody()
    const attributes: Answer['attributes'] = [
      ['http://schemas.microsoft.com/identity/claims/objectidentifier', `object-${person.subject}`],
      ['email', person.email ?? ''],
    ]
    const session = await signedIn(person, { attributes })
    await demand(order(`object-${person.subject}`))
    expect(await isSignedIn(session)).toBe(true)
    await demand(order(person.subject))
    expect(await isSignedIn(session)).toBe(false)
  })

  test('of somebody who is not signed in any more is answered with Success: that is what was wanted', async () => {
    const response = await demand(order('nobody-here'))
    expect(readRedirected(response.headers.get('location') ?? '').xml).toContain('status:Success')
  })

  test('leaves sessions by password alone', async () => {
    const owner = app.nobody()
    await owner.run(
      `mutation { signIn(input: { email: "owner@acme.example", password: "${ownerPassword}" }) { user { id } } }`,
    )
    await demand(order('owner@acme.example'))
    expect(await isSignedIn({ client: owner })).toBe(true)
  })

  test('ends a sign-in that is not finished yet', async () => {
    const person = somebody()
    const started = await startSignIn(app, connection)
    const posted = await post(started.browser, connection, idp.response(answerTo(app, started, person)))
    if (!('location' in posted)) throw new Error(posted.refused)
    await demand(order(person.subject))
    expect(await follow(started.browser, posted.location)).toMatchObject({ refused: 'COMPLETION_EXPIRED' })
  })

  test('holds against an assertion of the session that arrives after it', async () => {
    const person = somebody()
    const started = await startSignIn(app, connection)
    await demand(order(person.subject, { sessionIndexes: ['_ended'] }))
    const late = idp.response(answerTo(app, started, person, inSession('_ended')))
    const posted = await post(started.browser, connection, late)
    if (!('location' in posted)) throw new Error(posted.refused)
    expect(await follow(started.browser, posted.location)).toMatchObject({ refused: 'SESSION_ENDED_BY_IDP' })
    expect(started.browser.has('gatehouse_session')).toBe(false)
    expect(await memberEmails()).not.toContain(person.email)
    expect(await isSignedIn(await signedIn(person, inSession('_next')))).toBe(true)
  })

  test('at the same moment as the last step of the sign-in leaves nobody signed in', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const person = somebody()
        const started = await startSignIn(app, connection)
        const sent = idp.response(answerTo(app, started, person, inSession(`_race-${at}`)))
        const posted = await post(started.browser, connection, sent)
        if (!('location' in posted)) throw new Error(posted.refused)
        await Promise.all([
          follow(started.browser, posted.location),
          demand(order(person.subject, { sessionIndexes: [`_race-${at}`] })),
        ])
        return isSignedIn({ client: new GraphqlClient(app.origin).withCookies(started.browser.cookieHeader()) })
      }),
    )
    expect(outcomes).toEqual(Array.from({ length: 12 }, () => false))
  })

  test('at the same moment as the proof that an account is theirs ends one by the other, and neither by an error', async () => {
    const person = { ...somebody(), email: 'owner@acme.example' }
    const { step, client } = await signIn(app, idp, connection, person)
    if (!('location' in step)) throw new Error(step.refused)
    const token = new URL(step.location, app.origin).searchParams.get('token')
    const link = 'mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { returnPath } }'
    const waiting = (kinds: string) =>
      app.db.execute(`select 1 from pg_locks where not granted and locktype in (${kinds})`)
    let outcomes: Promise<[Response, string]> | undefined
    await app.db.transaction(async (tx) => {
      // The logout stands still in its middle, until the proof stands in its own.
      await lockSubject(tx, connection.id, `NameID ${person.subject}`)
      const loggedOut = demand(order(person.subject))
      await expect.poll(() => waiting("'advisory'")).not.toHaveLength(0)
      const linked = client.codeOf(link, { input: { token, password: ownerPassword } })
      await expect.poll(() => waiting("'transactionid', 'tuple'")).not.toHaveLength(0)
      outcomes = Promise.all([loggedOut, linked])
    })
    const [loggedOut, linked] = (await outcomes) ?? []
    expect(loggedOut?.status).toBe(303)
    expect(linked).toBe('NOT_FOUND')
  })

  test('is answered at the address for answers when there is one', async () => {
    const apart = await connect(world.owner, world.organization.id, idp, {
      idpSloUrl,
      idpSloResponseUrl: 'https://idp.example/slo/done',
    })
    const lies = order('anybody', { destination: sloUrl(apart) })
    const query = redirectQuery(idp, 'SAMLRequest', logoutRequestXml(idp, lies))
    const response = await new BrowserSession(app.origin).get(`${sloPath(apart)}?${query}`)
    expect(response.headers.get('location')).toMatch(/^https:\/\/idp\.example\/slo\/done\?SAMLResponse=/)
  })

  test('says that it ended what it ended, although our key to answer with does not open', async () => {
    const locked = await connect(world.owner, world.organization.id, idp, { name: 'Locked', idpSloUrl })
    const person = somebody()
    const session = await signedIn(person, {}, locked)
    await fetchSpMetadata(app.origin, locked.id)
    await app.db.execute(`update saml_sp_keys set sealed_private_key = 'v1.0123456789abcdef.AAAA'
      where connection_id = '${locked.id}'`)
    const lies = order(person.subject, { destination: sloUrl(locked) })
    const query = redirectQuery(idp, 'SAMLRequest', logoutRequestXml(idp, lies))
    const response = await new BrowserSession(app.origin).get(`${sloPath(locked)}?${query}`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('You are signed out of Gatehouse')
    expect(await isSignedIn(session)).toBe(false)
  })

  test('ends sessions also where nobody said how to answer', async () => {
    const silent = await connect(world.owner, world.organization.id, idp, { name: 'Silent' })
    const person = somebody()
    const session = await signedIn(person, {}, silent)
    const lies = order(person.subject, { destination: sloUrl(silent) })
    const query = redirectQuery(idp, 'SAMLRequest', logoutRequestXml(idp, lies))
    const response = await new BrowserSession(app.origin).get(`${sloPath(silent)}?${query}`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('You are signed out of Gatehouse')
    expect(await isSignedIn(session)).toBe(false)
  })
})

/** A person who signed out here and now stands before the identity provider. */
async function leave(lies: Partial<Answer> = {}) {
  const person = somebody()
  const session = await signedIn(person, lies)
  const { signOut } = await session.client.run<{ signOut: { redirectUrl: string } }>(signOutMutation)
  const { url, xml } = readRedirected(signOut.redirectUrl)
  const id = /\bID="([^"]+)"/.exec(xml)?.[1] ?? ''
  const browser = new BrowserSession(app.origin)
  // The browser of the API client: it holds the request cookie now, and no session.
  const get = async (path: string): Promise<Response> => {
    const headers = { accept: 'text/html', cookie: session.client.cookieHeader }
    return fetch(new URL(path, app.origin), { redirect: 'manual', headers })
  }
  return { person, session, url, xml, id, browser, get }
}

const answerXml = (inResponseTo: string | null, lies: Partial<LogoutAnswer> = {}): string =>
  logoutResponseXml(idp, { now: clock.now(), destination: sloUrl(), inResponseTo, ...lies })

/** True when the address carries a signature that our certificate, as the owner sees it, verifies (Bindings 3.4.4.1). */
async function isSignedByUs(url: URL, at: SamlConnection = connection): Promise<boolean> {
  const [signing] = (await spCertificates(world.owner, at.id)).filter(({ use }) => use === 'SIGNING')
  const [signed = '', signature = ''] = url.search.replace(/^.*?(?=SAMLRe)/, '').split('&Signature=')
  if (signing === undefined || !signed.includes('&SigAlg=')) return false
  const value = Buffer.from(decodeURIComponent(signature), 'base64')
  return verify('sha256', Buffer.from(signed), new X509Certificate(signing.pem).publicKey, value)
}

const next = (response: Response): string => response.headers.get('location') ?? `${response.status}`

describe('a sign-out that begins here', () => {
  test('ends the session at once, and leads on to the identity provider with the name it gave', async () => {
    const sent = { value: 'Ada & Co', format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' }
    const { session, person, url, xml, id } = await leave({ ...inSession('_s1'), nameId: sent })
    expect(await isSignedIn(session)).toBe(false)
    expect(person.subject).not.toBe(sent.value)
    expect(url.href.startsWith(`${idpSloUrl}&SAMLRequest=`)).toBe(true)
    expect(id).toMatch(/^_[0-9a-f]{40}$/)
    expect(xml).toContain(`<saml:NameID Format="${sent.format}">Ada &amp; Co</saml:NameID>`)
    expect(xml).toContain('<samlp:SessionIndex>_s1</samlp:SessionIndex>')
    expect(xml).toContain(`Destination="${idpSloUrl}"`)
    expect(xml).toContain(`NotOnOrAfter="${new Date(clock.now().getTime() + minutes(5)).toISOString()}"`)
    expect(xml).toContain(`<saml:Issuer>${connection.spEntityId}</saml:Issuer>`)
  })

  test.each(['GET', 'POST'])('is over when the answer comes by %s: Success, in the same browser, once', async (way) => {
    const { id, get } = await leave()
    const received =
      way === 'GET'
        ? await get(`${sloPath()}?${redirectQuery(idp, 'SAMLResponse', answerXml(id))}`)
        : await new BrowserSession(app.origin).postFromOtherSite(sloPath(), [
            ['SAMLResponse', postField(idp, answerXml(id))],
          ])
    expect(next(received)).toBe(`${sloPath()}/finish?request=${id}`)
    expect(next(await get(next(received)))).toBe('/sign-in?signedOut=everywhere')
    expect(next(await get(next(received)))).toBe('/sign-in?signedOut=here')
  })

  test('another browser does not learn that all is over', async () => {
    const { id, get } = await leave()
    const received = await get(`${sloPath()}?${redirectQuery(idp, 'SAMLResponse', answerXml(id))}`)
    const other = await leave()
    expect(next(await other.get(next(received)))).toBe('/sign-in?signedOut=here')
    expect(next(await new BrowserSession(app.origin).get(next(received)))).toBe('/sign-in?signedOut=here')
    expect(next(await get(next(received)))).toBe('/sign-in?signedOut=everywhere')
  })

  test.each<[string, string[]]>([
    ['a partial logout', ['Success', 'PartialLogout']],
    ['a refusal', ['Requester']],
    ['a failure over there', ['Responder', 'RequestDenied']],
  ])('%s says that the person is signed out here only', async (_name, statuses) => {
    const { id, get } = await leave()
    const received = await get(`${sloPath()}?${redirectQuery(idp, 'SAMLResponse', answerXml(id, { statuses }))}`)
    expect(next(await get(next(received)))).toBe('/sign-in?signedOut=here')
  })

  test.each<[string, string, (id: string) => string]>([
    [
      'unsigned',
      'SIGNATURE_MISSING',
      (id) => redirectQuery(idp, 'SAMLResponse', answerXml(id)).split('&SigAlg')[0] ?? '',
    ],
    [
      'of another identity provider',
      'SIGNATURE_INVALID',
      (id) => redirectQuery(world.otherIdp, 'SAMLResponse', answerXml(id)),
    ],
    ['to no request of ours', 'REQUEST_UNKNOWN', () => redirectQuery(idp, 'SAMLResponse', answerXml('_never'))],
    ['to nothing', 'REQUEST_UNKNOWN', () => redirectQuery(idp, 'SAMLResponse', answerXml(null))],
  ])('an answer that is %s counts for nothing, and is recorded', async (_name, reason, query) => {
    const { id, get } = await leave()
    const received = await get(`${sloPath()}?${query(id)}`)
    expect(next(received)).toBe(`${sloPath()}/finish`)
    expect(next(await get(next(received)))).toBe('/sign-in?signedOut=here')
    expect((await events('logout.refused'))[0]?.summary).toContain(reason)
    const right = await get(`${sloPath()}?${redirectQuery(idp, 'SAMLResponse', answerXml(id))}`)
    expect(next(await get(next(right)))).toBe('/sign-in?signedOut=everywhere')
  })

  test('an answer counts once', async () => {
    const { id, get } = await leave()
    await get(`${sloPath()}?${redirectQuery(idp, 'SAMLResponse', answerXml(id, { statuses: ['Requester'] }))}`)
    const second = await get(`${sloPath()}?${redirectQuery(idp, 'SAMLResponse', answerXml(id))}`)
    expect(next(second)).toBe(`${sloPath()}/finish`)
  })

  test('an answer at another connection of the same identity provider counts for nothing', async () => {
    const sibling = await connect(world.owner, world.organization.id, idp, { idpSloUrl })
    const { id, get } = await leave()
    const xml = answerXml(id, { destination: sloUrl(sibling) })
    const received = await get(`${sloPath(sibling)}?${redirectQuery(idp, 'SAMLResponse', xml)}`)
    expect(next(received)).toBe(`${sloPath(sibling)}/finish`)
  })

  test('an answer after ten minutes counts for nothing', async () => {
    const { id, get } = await leave()
    clock.advance(minutes(10))
    const received = await get(`${sloPath()}?${redirectQuery(idp, 'SAMLResponse', answerXml(id))}`)
    expect(next(received)).toBe(`${sloPath()}/finish`)
  })

  test('somebody who is signed in and is sent an answer stays so, and is told nothing untrue', async () => {
    const session = await signedIn(somebody())
    const received = await session.browser.get(`${sloPath()}?SAMLResponse=nonsense`)
    expect(next(await session.browser.get(next(received)))).toBe('/')
    expect(await isSignedIn(session)).toBe(true)
  })

  test('tells nobody when the person came by password, or through a connection without single logout', async () => {
    const byPassword = app.nobody()
    await byPassword.run(
      `mutation { signIn(input: { email: "owner@acme.example", password: "${ownerPassword}" }) { user { id } } }`,
    )
    expect(await byPassword.run(signOutMutation)).toEqual({ signOut: { redirectUrl: null } })
    const plain = await signedIn(somebody(), {}, world.connection)
    expect(await plain.client.run(signOutMutation)).toEqual({ signOut: { redirectUrl: null } })
  })
})

describe('our own messages', () => {
  test('are always signed, though this connection does not sign its requests', async () => {
    const { url, person } = await leave()
    expect(url.searchParams.has('SAMLRequest')).toBe(true)
    expect(await isSignedByUs(url)).toBe(true)
    const answer = readRedirected(next(await demand(order(person.subject))))
    expect(answer.parameter).toBe('SAMLResponse')
    expect(await isSignedByUs(answer.url)).toBe(true)
  })
})

describe('a disabled connection', () => {
  const enable = (enabled: boolean) =>
    world.owner.run(
      'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
      { input: { connectionId: connection.id, enabled } },
    )

  test('still ends sessions when the identity provider says so, and answers', async () => {
    const person = somebody()
    const session = await signedIn(person)
    await enable(false)
    const response = await demand(order(person.subject))
    await enable(true)
    expect(readRedirected(next(response)).xml).toContain('status:Success')
    expect(await isSignedIn(session)).toBe(false)
  })
})

describe('what the two sides say of themselves', () => {
  test('our metadata names the single logout service, by HTTP-Redirect and HTTP-POST', async () => {
    const xml = await (await new BrowserSession(app.origin).get(`/sso/${connection.id}/metadata`)).text()
    for (const binding of ['HTTP-Redirect', 'HTTP-POST']) {
      expect(xml).toContain(
        `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${sloUrl()}">`,
      )
    }
  })

  const withLogout = (services: string): string =>
    idp.metadata().replace('<md:SingleSignOnService', `${services}<md:SingleSignOnService`)
  const service = (attributes: string, binding = 'HTTP-Redirect'): string =>
    `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" ${attributes}/>`

  test.each<[string, string, string | null, string | null]>([
    ['one address', service('Location="https://idp.example/out"'), 'https://idp.example/out', null],
    [
      'an address for answers',
      service('Location="https://idp.example/out" ResponseLocation="https://idp.example/done"'),
      'https://idp.example/out',
      'https://idp.example/done',
    ],
    [
      'the one that we speak, of several',
      service('Location="https://idp.example/post"', 'HTTP-POST') + service('Location="https://idp.example/out"'),
      'https://idp.example/out',
      null,
    ],
    ['none', '', null, null],
    ['none that a browser may be sent to', service('Location="http://idp.example/out"'), null, null],
    ['none that is an address', service('Location="out"'), null, null],
  ])('metadata of the identity provider with %s', async (_name, services, url, responseUrl) => {
    const { inspectIdpMetadata } = await world.owner.run<{ inspectIdpMetadata: Record<string, unknown> }>(
      'mutation($input: InspectIdpMetadataInput!) { inspectIdpMetadata(input: $input) { idpSloUrl idpSloResponseUrl } }',
      { input: { organizationId: world.organization.id, xml: withLogout(services) } },
    )
    expect(inspectIdpMetadata).toEqual({ idpSloUrl: url, idpSloResponseUrl: responseUrl })
  })

  test('metadata fills both logout addresses, and later metadata without any leaves them', async () => {
    const both = service('Location="https://idp.example/out" ResponseLocation="https://idp.example/done"')
    const read = (fields: string) => fields
    const create = `mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id ${read('idpSloUrl idpSloResponseUrl logoutUrl')} } } }`
    const { createSamlConnection } = await world.owner.run<{
      createSamlConnection: { connection: { id: string; logoutUrl: string } }
    }>(create, { input: { organizationId: world.organization.id, idpMetadataXml: withLogout(both) } })
    const { id, logoutUrl, ...urls } = createSamlConnection.connection
    const filled = { idpSloUrl: 'https://idp.example/out', idpSloResponseUrl: 'https://idp.example/done' }
    expect(urls).toEqual(filled)
    expect(logoutUrl).toBe(`${app.origin}/sso/${id}/slo`)
    const update =
      'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { idpSloUrl idpSloResponseUrl } } }'
    const change = async (input: Record<string, unknown>) =>
      (
        await world.owner.run<{ updateSamlConnection: { connection: unknown } }>(update, {
          input: { connectionId: id, ...input },
        })
      ).updateSamlConnection.connection
    expect(await change({ idpMetadataXml: idp.metadata() })).toEqual(filled)
    const single = withLogout(service('Location="https://idp.example/only"'))
    expect(await change({ idpMetadataXml: single })).toEqual({
      idpSloUrl: 'https://idp.example/only',
      idpSloResponseUrl: null,
    })
    expect(await change({ idpSloUrl: '' })).toEqual({ idpSloUrl: null, idpSloResponseUrl: null })
    const refused = await world.owner.refusedFields(update, {
      input: { connectionId: id, idpSloUrl: `${app.origin}/sso/${id}/slo`, idpSloResponseUrl: 'http://idp.example/x' },
    })
    expect(refused).toEqual(['input.idpSloUrl OWN_URL', 'input.idpSloResponseUrl NOT_HTTPS'])
  })
})
