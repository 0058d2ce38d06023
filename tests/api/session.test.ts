import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { days, hours, minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase } from '../testkit/database.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { completeSetup, connect, createWorld, ownerPassword, signIn, type World } from '../testkit/scenario.ts'

const setupMutation = `mutation($input: CompleteSetupInput!) {
  completeSetup(input: $input) { organization { id slug viewerRole { key } } user { email } } }`
const signInMutation = 'mutation($input: SignInInput!) { signIn(input: $input) { user { id email } } }'
const viewerQuery = '{ viewer { user { email } } }'
const cookieName = 'gatehouse_session'

const setupInput = (app: TestApp, changes: Record<string, unknown> = {}) => ({
  setupToken: app.setupToken,
  organizationName: 'Acme',
  organizationSlug: 'acme',
  ownerEmail: 'Owner@Acme.example',
  ownerName: 'Olive Owner',
  ownerPassword,
  ...changes,
})

const viewerCode = (client: GraphqlClient): Promise<string> => client.codeOf(viewerQuery)

const password = (client: GraphqlClient, input: { email?: string; password?: string } = {}): Promise<string> =>
  client.codeOf(signInMutation, { input: { email: 'owner@acme.example', password: ownerPassword, ...input } })

async function signedIn(app: TestApp): Promise<GraphqlClient> {
  const client = app.nobody()
  expect(await password(client)).toBe('OK')
  return client
}

/** The same browser state, held fast: what comes back does not change it. */
const copyOf = (client: GraphqlClient): GraphqlClient =>
  new GraphqlClient(client.origin).withCookies(client.cookieHeader)

/** One POST as a browser or a script sends it, with nothing added. */
const post = (app: TestApp, headers: Record<string, string>, query = viewerQuery, variables = {}): Promise<Response> =>
  fetch(`${app.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })

describe('the first run', () => {
  test('needs the setup token, and works once', async () => {
    const app = await startTestApp()
    const client = app.nobody()
    expect(await client.run('{ setupRequired }')).toEqual({ setupRequired: true })
    for (const setupToken of ['', 'wrong', `${app.setupToken}x`, app.setupToken.toUpperCase()]) {
      const input = setupInput(app, { setupToken })
      expect(await client.refusedFields(setupMutation, { input })).toEqual(['input.setupToken WRONG_SETUP_TOKEN'])
    }
    expect(await viewerCode(client)).toBe('UNAUTHENTICATED')
    expect(await client.run(setupMutation, { input: setupInput(app) })).toEqual({
      completeSetup: {
        organization: { id: expect.stringMatching(/^org_/), slug: 'acme', viewerRole: { key: 'owner' } },
        user: { email: 'owner@acme.example' },
      },
    })
    expect(await viewerCode(client)).toBe('OK')
    expect(await client.run('{ setupRequired }')).toEqual({ setupRequired: false })
    const again = setupInput(app, { organizationSlug: 'other', ownerEmail: 'thief@example.com' })
    expect(await app.nobody().codeOf(setupMutation, { input: again })).toBe('CONFLICT SETUP_COMPLETED')
    expect(await app.db.execute('select * from setup_tokens')).toHaveLength(0)
    await app.close()
  })

  test('leaves the token good when something else was wrong', async () => {
    const app = await startTestApp()
    const input = setupInput(app, {
      organizationName: ' ',
      organizationSlug: 'A!',
      ownerEmail: 'x',
      ownerPassword: 'short',
    })
    expect(await app.nobody().refusedFields(setupMutation, { input })).toEqual([
      'input.organizationName REQUIRED',
      'input.organizationSlug INVALID_SLUG',
      'input.ownerEmail INVALID_EMAIL',
      'input.ownerPassword TOO_SHORT',
    ])
    expect(await app.nobody().codeOf(setupMutation, { input: setupInput(app) })).toBe('OK')
    await app.close()
  })

  test('is won by one of many who try at the same moment, on two replicas', async () => {
    const database = await createTestDatabase()
    const one = await startTestApp({ database })
    const two = await startTestApp({ database })
    expect(one.setupToken).not.toBe(two.setupToken)
    const codes = await Promise.all(
      [one, two, one, two, one, two].map((app, n) =>
        app.nobody().codeOf(setupMutation, {
          input: setupInput(app, { organizationSlug: `acme-${n}`, ownerEmail: `owner-${n}@acme.example` }),
        }),
      ),
    )
    expect(codes.toSorted()).toEqual([...Array.from({ length: 5 }, () => 'CONFLICT SETUP_COMPLETED'), 'OK'])
    expect(await one.db.execute('select * from organizations')).toHaveLength(1)
    expect(await one.db.execute('select * from users')).toHaveLength(1)
    expect(await one.db.execute('select * from setup_tokens')).toHaveLength(0)
    await one.close()
    await two.close()
    const later = await startTestApp({ database })
    expect(later.setupToken).toBe('')
    await later.close()
    await database.drop()
  })

  test('takes the token that the operator preset', async () => {
    const app = await startTestApp({ environment: { SETUP_TOKEN: 'preset-by-the-operator' } })
    expect(app.setupToken).toBe('preset-by-the-operator')
    expect(await app.nobody().codeOf(setupMutation, { input: setupInput(app) })).toBe('OK')
    await app.close()
  })
})

describe('signing in and out', () => {
  let app: TestApp
  let clock: TestClock
  let world: World
  beforeAll(async () => {
    clock = createTestClock()
    app = await startTestApp({ clock })
    world = await createWorld(app)
  })
  afterAll(() => app.close())

  test('a password lets in, whatever the letter case of the address', async () => {
    const client = app.nobody()
    expect(await password(client, { email: '  OWNER@Acme.Example ' })).toBe('OK')
    expect(await client.run(viewerQuery)).toEqual({ viewer: { user: { email: 'owner@acme.example' } } })
  })

  test('answers alike to a wrong password, an unknown address, somebody without a password, and no address', async () => {
    const answers = []
    for (const [email, attempt] of [
      ['owner@acme.example', 'a wrong password'],
      ['owner@acme.example', ''],
      ['owner@acme.example', ownerPassword.toUpperCase()],
      ['owner@acme.example', 'x'.repeat(1000)],
      ['nobody@acme.example', ownerPassword],
      ['mary@acme.example', ''],
      ['mary@acme.example', ownerPassword],
      ['no address', ownerPassword],
      ['', ''],
    ] as const) {
      const client = app.nobody()
      const answer = await client.send(signInMutation, { input: { email, password: attempt } })
      expect(client.cookieHeader).toBe('')
      const [error] = answer.errors
      const { requestId, ...extensions } = error?.extensions ?? { code: '', requestId: '' }
      expect(requestId).toMatch(/^req_/)
      answers.push({ status: answer.status, data: answer.data, message: error?.message, extensions })
    }
    expect(answers[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.password', reason: 'WRONG_CREDENTIALS', message: expect.any(String) }],
    })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  test('gives a session cookie that scripts cannot read and other sites cannot send', async () => {
    const response = await post(app, {}, signInMutation, {
      input: { email: 'owner@acme.example', password: ownerPassword },
    })
    const cookies = response.headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    const [pair = '', ...attributes] = (cookies[0] ?? '').split('; ')
    expect(pair).toMatch(/^gatehouse_session=[\w-]{43}$/)
    expect(attributes.toSorted()).toEqual(
      [`Max-Age=${days(7) / 1000}`, 'HttpOnly', 'Path=/', 'SameSite=Lax'].toSorted(),
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('keeps only a hash of the cookie', async () => {
    const client = await signedIn(app)
    const secret = client.cookieHeader.split('=')[1] ?? ''
    expect(secret).toHaveLength(43)
    const rows = await app.db.execute<{ row: string }>('select s::text as row from sessions s')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ row }) => row.includes(secret))).toEqual([])
  })

  test('makes a new session each time, and ends the one that the browser came with', async () => {
    const client = await signedIn(app)
    const old = copyOf(client)
    expect(await password(client)).toBe('OK')
    expect(client.cookieHeader).not.toBe(old.cookieHeader)
    expect(await viewerCode(client)).toBe('OK')
    expect(await viewerCode(old)).toBe('UNAUTHENTICATED')
    const { errors } = await old.send(viewerQuery)
    expect(errors[0]?.message).toBe('Your session has ended. Sign in to continue.')
  })

  test('never takes over a session id that somebody else planted', async () => {
    const planted = 'A'.repeat(43)
    const client = app.nobody().withCookies(`${cookieName}=${planted}`)
    expect(await password(client)).toBe('OK')
    expect(client.cookieHeader).not.toContain(planted)
    expect(await viewerCode(app.nobody().withCookies(`${cookieName}=${planted}`))).toBe('UNAUTHENTICATED')
  })

  test('through single sign-on makes a new session too', async () => {
    const first = await signIn(app, world.idp, world.connection, world.member)
    const old = copyOf(first.client)
    const again = await signIn(app, world.idp, world.connection, world.member, { browser: first.browser })
    expect(again.client.cookieHeader).not.toBe(old.cookieHeader)
    expect(await viewerCode(again.client)).toBe('OK')
    expect(await viewerCode(old)).toBe('UNAUTHENTICATED')
  })

  test('leaves sessions of other browsers alone', async () => {
    const one = await signedIn(app)
    const two = await signedIn(app)
    expect(await one.codeOf('mutation { signOut { redirectUrl } }')).toBe('OK')
    expect(await viewerCode(two)).toBe('OK')
  })

  test('signing out ends the session and takes the cookie away', async () => {
    const client = await signedIn(app)
    const old = copyOf(client)
    expect(await client.run('mutation { signOut { redirectUrl } }')).toEqual({ signOut: { redirectUrl: null } })
    expect(client.cookieHeader).toBe('')
    expect(await viewerCode(old)).toBe('UNAUTHENTICATED')
    expect(await client.codeOf('mutation { signOut { redirectUrl } }')).toBe('UNAUTHENTICATED')
  })

  test('a session ends after a day without use', async () => {
    const client = await signedIn(app)
    for (let day = 0; day < 3; day++) {
      clock.advance(hours(24) - minutes(1))
      expect(await viewerCode(client)).toBe('OK')
    }
    clock.advance(hours(24))
    expect(await viewerCode(client)).toBe('UNAUTHENTICATED')
  })

  test('a session ends seven days after it was made, whatever the use', async () => {
    const client = await signedIn(app)
    for (let n = 0; n < 13; n++) {
      clock.advance(hours(12))
      expect(await viewerCode(client)).toBe('OK')
    }
    clock.advance(hours(12) - 1000)
    expect(await viewerCode(client)).toBe('OK')
    clock.advance(1000)
    expect(await viewerCode(client)).toBe('UNAUTHENTICATED')
  })

  test('a session ends no later than the identity provider said', async () => {
    const until = new Date(clock.now().getTime() + hours(2)).toISOString()
    const { client } = await signIn(app, world.idp, world.connection, world.member, {
      lies: { sessionNotOnOrAfter: until },
    })
    clock.advance(hours(2) - 1000)
    expect(await viewerCode(client)).toBe('OK')
    clock.advance(1000)
    expect(await viewerCode(client)).toBe('UNAUTHENTICATED')
  })

  describe('a request with a cookie', () => {
    let cookie: string
    beforeAll(async () => {
      cookie = (await signedIn(app)).cookieHeader
    })

    test.each([
      ['another origin', { origin: 'https://evil.example' }],
      ['another port of the same host', { origin: 'http://localhost:1' }],
      ['an opaque origin', { origin: 'null' }],
      ['an origin that ours is a prefix of', (own: string) => ({ origin: `${own}.evil.example` })],
      ['another site', { 'sec-fetch-site': 'cross-site' }],
      ['a sibling host', { 'sec-fetch-site': 'same-site' }],
      ['another site that names our origin', (own: string) => ({ origin: own, 'sec-fetch-site': 'cross-site' })],
      ['something unknown', { 'sec-fetch-site': 'whatever' }],
    ])('from %s is refused before anything is done', async (_name, headers) => {
      const sent = typeof headers === 'function' ? headers(app.origin) : headers
      const response = await post(app, { cookie, ...sent }, 'mutation { signOut { redirectUrl } }')
      expect(response.status).toBe(403)
      const body = (await response.json()) as { errors: { extensions: Record<string, unknown> }[] }
      expect(body.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', permission: 'same-origin' } }])
      expect(body.errors[0]?.extensions['requestId']).toBe(response.headers.get('x-request-id'))
      expect(await viewerCode(app.nobody().withCookies(cookie))).toBe('OK')
    })

    test.each([
      ['our own origin', (own: string) => ({ origin: own })],
      ['our own pages', (own: string) => ({ origin: own, 'sec-fetch-site': 'same-origin' })],
      ['our own pages without an Origin', () => ({ 'sec-fetch-site': 'same-origin' })],
      ['no browser', () => ({})],
    ])('from %s is served', async (_name, headers) => {
      const response = await post(app, { cookie, ...headers(app.origin) })
      expect(await response.json()).toEqual({ data: { viewer: { user: { email: 'owner@acme.example' } } } })
    })

    test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
      'in the form that any page may send (%s) does nothing',
      async (contentType) => {
        const response = await fetch(`${app.origin}/graphql`, {
          method: 'POST',
          headers: { cookie, 'content-type': contentType },
          body: contentType.startsWith('application/')
            ? new URLSearchParams({ query: 'mutation { signOut { redirectUrl } }' }).toString()
            : JSON.stringify({ query: 'mutation { signOut { redirectUrl } }' }),
        })
        expect(response.status).toBeGreaterThanOrEqual(400)
        expect(response.status).toBeLessThan(500)
        expect(await viewerCode(app.nobody().withCookies(cookie))).toBe('OK')
      },
    )

    test('by GET finds nothing', async () => {
      const response = await fetch(`${app.origin}/graphql?query={viewer{user{email}}}`, { headers: { cookie } })
      expect(response.status).toBe(404)
    })
  })
})

describe('on https', () => {
  test('cookies are Secure and bound to the host', async () => {
    const origin = 'https://sso.example.test'
    const app = await startTestApp({ environment: { PUBLIC_URL: origin } })
    const response = await post(app, { origin }, setupMutation, { input: setupInput(app) })
    const [line = ''] = response.headers.getSetCookie()
    const [pair = '', ...attributes] = line.split('; ')
    expect(pair).toMatch(/^__Host-gatehouse_session=[\w-]{43}$/)
    expect(attributes.toSorted()).toEqual(
      [`Max-Age=${days(7) / 1000}`, 'HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'].toSorted(),
    )
    expect(line).not.toMatch(/domain=/i)
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/)

    const served = await post(app, { origin, cookie: pair })
    expect(await served.json()).toMatchObject({ data: { viewer: { user: { email: 'owner@acme.example' } } } })
    // The same secret under the name that plain http could have set counts for nothing.
    const plain = await post(app, { origin, cookie: pair.replace('__Host-', '') })
    expect(await plain.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect((await post(app, { origin: app.origin, cookie: pair })).status).toBe(403)

    const out = await post(app, { origin, cookie: pair }, 'mutation { signOut { redirectUrl } }')
    expect(out.headers.getSetCookie()[0]).toMatch(
      /^__Host-gatehouse_session=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    await app.close()
  })
})

describe('a session through the SSO connection of one organization', () => {
  let app: TestApp
  let byPassword: GraphqlClient
  let bySso: GraphqlClient
  let foreign: { organizationId: string; ids: string[] }

  const signInAsOwner = (idp: IdentityProvider, connection: Parameters<typeof signIn>[2]) =>
    signIn(app, idp, connection, { subject: 'olive', email: 'owner@acme.example' })

  beforeAll(async () => {
    app = await startTestApp()
    const { organization, owner } = await completeSetup(app)
    const idp = await IdentityProvider.create()
    const connection = await connect(owner, organization.id, idp)
    const { createOrganization } = await owner.run<{ createOrganization: { organization: { id: string } } }>(
      'mutation { createOrganization(input: { name: "Globex", slug: "globex" }) { organization { id } } }',
    )
    const organizationId = createOrganization.organization.id
    const other = await connect(owner, organizationId, idp)
    const { organization: globex } = await owner.run<{
      organization: { viewerMembership: { id: string }; auditEvents: { nodes: { id: string }[] } }
    }>('{ organization(slug: "globex") { viewerMembership { id } auditEvents(first: 1) { nodes { id } } } }')
    foreign = {
      organizationId,
      ids: [organizationId, other.id, globex.viewerMembership.id, ...globex.auditEvents.nodes.map(({ id }) => id)],
    }
    byPassword = owner

    // The owner's address is taken: they prove by their password that they are the same person.
    const first = await signInAsOwner(idp, connection)
    const location = 'location' in first.step ? first.step.location : ''
    const token = new URL(location, app.origin).searchParams.get('token')
    await first.client.run(
      'mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { user { id } } }',
      {
        input: { token, password: ownerPassword },
      },
    )
    const second = await signInAsOwner(idp, connection)
    if (!('location' in second.step)) throw new Error(`the owner could not sign in: ${second.step.refused}`)
    bySso = second.client
  })
  afterAll(() => app.close())

  test('lists that organization alone, though the person is a member of both', async () => {
    const query =
      '{ viewer { user { email } memberships(first: 10) { totalCount nodes { organization { slug } role { key } } } } }'
    expect(await bySso.run(query)).toEqual({
      viewer: {
        user: { email: 'owner@acme.example' },
        memberships: { totalCount: 1, nodes: [{ organization: { slug: 'acme' }, role: { key: 'owner' } }] },
      },
    })
    expect(await byPassword.run(query)).toMatchObject({
      viewer: {
        memberships: {
          totalCount: 2,
          nodes: [{ organization: { slug: 'globex' } }, { organization: { slug: 'acme' } }],
        },
      },
    })
  })

  test('sees nothing of the other organization, by slug or by id', async () => {
    expect(await bySso.run('{ organization(slug: "globex") { id } }')).toEqual({ organization: null })
    expect(foreign.ids).toHaveLength(4)
    for (const id of foreign.ids) {
      const node = (by: GraphqlClient) => by.codeOf('query($id: ID!) { node(id: $id) { id } }', { id })
      expect([id, await node(bySso), await node(byPassword)]).toEqual([id, 'NOT_FOUND', 'OK'])
    }
  })

  test('changes nothing in the other organization', async () => {
    const { organizationId, ids } = foreign
    const attempts: [string, Record<string, unknown>][] = [
      ['CreateSamlConnection', { organizationId }],
      ['UpdateSamlConnection', { connectionId: ids[1], name: 'Mine' }],
      ['DeleteSsoConnection', { connectionId: ids[1] }],
      ['SetSsoConnectionEnabled', { connectionId: ids[1], enabled: false }],
      ['CreateAccessToken', { organizationId, name: 'x', role: 'owner' }],
      ['ChangeMemberRole', { membershipId: ids[2], role: 'member' }],
      ['SetMemberSuspended', { membershipId: ids[2], suspended: true }],
      ['RemoveMember', { membershipId: ids[2] }],
      ['LeaveOrganization', { organizationId }],
      ['InspectIdpMetadata', { organizationId, xml: '<x/>' }],
      ['InspectIdpCertificates', { organizationId, certificates: [] }],
    ]
    for (const [name, input] of attempts) {
      const field = name.charAt(0).toLowerCase() + name.slice(1)
      const mutation = `mutation($input: ${name}Input!) { ${field}(input: $input) { __typename } }`
      expect([name, await bySso.codeOf(mutation, { input })]).toEqual([name, 'NOT_FOUND'])
    }
  })

  test('makes no further organization; the password session does', async () => {
    const mutation = (slug: string) =>
      `mutation { createOrganization(input: { name: "N", slug: "${slug}" }) { organization { id } } }`
    expect(await bySso.codeOf(mutation('third'))).toBe('FORBIDDEN')
    expect(await byPassword.codeOf(mutation('third'))).toBe('OK')
    expect(await byPassword.codeOf(mutation('third'))).toBe('CONFLICT SLUG_TAKEN')
  })

  test('is noted as ended in that organization alone', async () => {
    const ended = async (slug: string) =>
      (
        await app.db.execute(
          `select 1 from audit_events e join organizations o on o.id = e.organization_id where o.slug = '${slug}' and e.type = 'session.ended'`,
        )
      ).length
    const before = [await ended('acme'), await ended('globex')]
    expect(before).toEqual([0, 0])
    expect(await bySso.codeOf('mutation { signOut { redirectUrl } }')).toBe('OK')
    expect([await ended('acme'), await ended('globex')]).toEqual([1, 0])
  })
})

describe('rate limits', () => {
  type Limited = { errors: { message: string; extensions: { code: string; retryAfter?: number } }[] }

  test('stop guessing one account’s password, on all replicas together', async () => {
    const database = await createTestDatabase()
    const environment = { RATE_LIMITS: 'on' }
    const one = await startTestApp({ database, environment })
    const two = await startTestApp({ database, environment })
    await completeSetup(one)
    const wrong = { password: 'a wrong password' }
    for (let n = 0; n < 10; n++) {
      expect(await password((n % 2 === 0 ? one : two).nobody(), wrong)).toBe('BAD_USER_INPUT')
    }
    for (const app of [two, one, two]) {
      const { errors } = await app
        .nobody()
        .send(signInMutation, { input: { email: 'OWNER@acme.example', password: ownerPassword } })
      const [error] = errors
      expect(error?.extensions.code).toBe('RATE_LIMITED')
      const retryAfter = Number(error?.extensions['retryAfter'])
      expect(retryAfter).toBeGreaterThan(200)
      expect(retryAfter).toBeLessThanOrEqual(300)
      expect(error?.message).toBe(`Too many attempts. Try again in ${retryAfter} seconds.`)
    }
    // Others are not held up.
    expect(await password(two.nobody(), { email: 'somebody@acme.example' })).toBe('BAD_USER_INPUT')
    // A replica that starts later knows too.
    const three = await startTestApp({ database, environment })
    expect(await password(three.nobody())).toBe('RATE_LIMITED')
    await Promise.all([one.close(), two.close(), three.close()])
    await database.drop()
  })

  test('stop trying many accounts from one address', async () => {
    const app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const codes: string[] = []
    for (let n = 0; n < 61; n++) codes.push(await password(app.nobody(), { email: `person-${n}@acme.example` }))
    expect(new Set(codes.slice(0, 60))).toEqual(new Set(['BAD_USER_INPUT']))
    expect(codes[60]).toBe('RATE_LIMITED')
    await app.close()
  })

  test('stop guessing setup tokens', async () => {
    const app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const guess = () => app.nobody().codeOf(setupMutation, { input: setupInput(app, { setupToken: 'a wrong guess' }) })
    for (let n = 0; n < 20; n++) expect(await guess()).toBe('BAD_USER_INPUT')
    expect(await guess()).toBe('RATE_LIMITED')
    await app.close()
  })

  test('stop guessing access tokens, by status and header too', async () => {
    const app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const guess = () => post(app, { authorization: 'Bearer gatehouse_guess' })
    for (let n = 0; n < 60; n++) expect((await guess()).status).toBe(200)
    const refused = await guess()
    expect(refused.status).toBe(429)
    const body = (await refused.json()) as Limited
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
    expect(refused.headers.get('retry-after')).toBe(String(body.errors[0]?.extensions.retryAfter))
    expect((await post(app, {})).status).toBe(200)
    await app.close()
  })

  test('do not exist where the operator switched them off', async () => {
    const app = await startTestApp()
    await completeSetup(app)
    const wrong = { password: 'a wrong password' }
    for (let n = 0; n < 15; n++) expect(await password(app.nobody(), wrong)).toBe('BAD_USER_INPUT')
    expect(await password(app.nobody())).toBe('OK')
    expect(await app.db.execute('select * from rate_limits')).toHaveLength(0)
    await app.close()
  })
})
