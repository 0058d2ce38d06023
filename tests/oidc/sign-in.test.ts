import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { lastAttempt } from '../testkit/oidc-attempts.ts'
import {
  answerOf,
  comeBack,
  connectOidc,
  connectOkta,
  type OidcConnection,
  signInByOidc,
  startOidc,
} from '../testkit/oidc-scenario.ts'
import { newSigningKey, type OidcPerson, OpenIdProvider } from '../testkit/openid-provider.ts'
import { changeRole, completeSetup, type Organization, type Step } from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let owner: GraphqlClient
let organization: Organization
let idp: OpenIdProvider
let connection: OidcConnection
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock, environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  ;({ organization, owner } = await completeSetup(app))
})
afterAll(() => app.close())
beforeEach(async () => {
  idp = await OpenIdProvider.start()
  connection = await connectOkta(owner, organization.id, idp)
})
afterEach(() => idp.close())

let number = 0
/** Somebody whom nobody has seen yet. */
const somebody = (more: Partial<OidcPerson> = {}): OidcPerson => {
  number += 1
  const email = `person-${number}@acme.example`
  return { sub: `00u${number}`, email, email_verified: true, name: `Person ${number}`, ...more }
}
const refusal = (step: Step): string => ('refused' in step ? step.refused : `led to ${step.location}`)
const attempt = (of: OidcConnection = connection) => lastAttempt(owner, of.id)

const whoAmI = (client: GraphqlClient) =>
  client.run<{
    viewer: {
      user: { email: string; name: string | null }
      memberships: { nodes: { id: string; role: { key: string }; roleSource: string; joinMethod: string }[] }
    }
  }>('{ viewer { user { email name } memberships(first: 5) { nodes { id role { key } roleSource joinMethod } } } }')

describe('a first sign-in with Okta Workforce', () => {
  test('makes the person a member, just in time, and lands where they wanted to go', async () => {
    const person = somebody()
    const url = `${connection.loginUrl}?returnTo=${encodeURIComponent('/acme/members')}`
    const { step, client } = await signInByOidc(app, idp, { loginUrl: url }, person)
    expect(step).toEqual({ location: '/acme/members' })
    const { viewer } = await whoAmI(client)
    expect(viewer.user).toMatchObject({ email: person.email, name: person.name })
    expect(viewer.memberships.nodes).toMatchObject([
      { role: { key: 'member' }, roleSource: 'JUST_IN_TIME', joinMethod: 'SINGLE_SIGN_ON' },
    ])
  })

  test('records every check that was made, all of them passed', async () => {
    await signInByOidc(app, idp, connection, somebody())
    const { succeeded, checks, notReached } = await attempt()
    expect(succeeded).toBe(true)
    expect(notReached).toEqual([])
    expect(checks.filter((check) => !check.passed)).toEqual([])
    expect(checks.map(({ name }) => name)).toEqual([
      'state',
      'browser',
      'responseIssuer',
      'discovery',
      'answer',
      'code',
      'idToken',
      'algorithm',
      'issuer',
      'audience',
      'nonce',
      'issuedAt',
      'expires',
      'accessTokenHash',
      'signature',
      'subject',
      'email',
      'name',
      'membership',
    ])
  })

  test('verifies the connection', async () => {
    expect(connection.verifiedAt).toBeNull()
    await signInByOidc(app, idp, connection, somebody())
    const { node } = await owner.run<{ node: { verifiedAt: string | null; __typename: string } }>(
      'query($id: ID!) { node(id: $id) { __typename ... on OktaConnection { verifiedAt } } }',
      { id: connection.id },
    )
    expect(node).toEqual({ __typename: 'OktaConnection', verifiedAt: clock.now().toISOString() })
  })

  test('asks with PKCE, state and nonce, and passes a login hint on', async () => {
    const asked = await startOidc(
      new BrowserSession(app.origin),
      `${connection.loginUrl}?login_hint=mary%40acme.example`,
    )
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: idp.clientId,
      redirect_uri: connection.redirectUrl,
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      login_hint: 'mary@acme.example',
    })
  })
})

describe('a member', () => {
  test('keeps the role that an owner gave, at every later sign-in', async () => {
    const person = somebody()
    const first = await signInByOidc(app, idp, connection, person)
    const { viewer } = await whoAmI(first.client)
    await changeRole(owner, viewer.memberships.nodes[0]?.id ?? '', 'admin')
    const second = await signInByOidc(app, idp, connection, { ...person, name: 'Another Name' })
    expect((await whoAmI(second.client)).viewer.memberships.nodes).toMatchObject([{ role: { key: 'admin' } }])
  })

  test('is known by the subject, whatever the e-mail address', async () => {
    const person = somebody()
    await signInByOidc(app, idp, connection, person)
    const { client } = await signInByOidc(app, idp, connection, { ...person, email: 'new@acme.example' })
    expect((await whoAmI(client)).viewer.memberships.nodes).toHaveLength(1)
  })

  test('who has an account already is asked to prove that it is theirs', async () => {
    const { step } = await signInByOidc(app, idp, connection, somebody({ email: 'owner@acme.example' }))
    expect('location' in step && step.location).toMatch(/^\/link-account\?token=/)
    expect((await attempt()).failureReason).toBe('ACCOUNT_EXISTS')
  })
})

describe('an address that the identity provider does not vouch for', () => {
  const unproved = 'the identity provider does not say that the new address is verified'
  test.each<[what: string, claims: Record<string, unknown>, became: boolean]>([
    ['email_verified: true', { email_verified: true }, true],
    ['email_verified: "true", as AWS Cognito writes it', { email_verified: 'true' }, true],
    ['email_verified: false', { email_verified: false }, false],
    ['email_verified: "yes"', { email_verified: 'yes' }, false],
    ['no email_verified at all', { email_verified: undefined }, false],
  ])('changes no known person’s address: %s', async (_what, claims, became) => {
    const person = somebody()
    const before = await whoAmI((await signInByOidc(app, idp, connection, person)).client)
    const email = `new-${person.email}`
    const { step, client } = await signInByOidc(app, idp, connection, { ...person, ...claims, email })
    expect(step).toEqual({ location: '/' })
    const { viewer } = await whoAmI(client)
    expect(viewer.user.email).toBe(became ? email : person.email)
    expect(viewer.memberships).toEqual(before.viewer.memberships)
    const profile = (await attempt()).checks.find(({ name }) => name === 'profile')
    expect(profile?.actual).toBe(
      became ? `${person.email} became ${email}` : `stays ${person.email}, because ${unproved}`,
    )
  })

  test('is not that of another claim, of which nothing was said', async () => {
    const mapped = await connectOidc(owner, organization.id, idp, { attributeMapping: { email: 'mail' } })
    const person = somebody()
    const mail = (address: string | undefined) => ({ claims: (claims: object) => ({ ...claims, mail: address }) })
    idp.lies = mail(person.email)
    await signInByOidc(app, idp, mapped, person)
    idp.lies = mail(`new-${person.email}`)
    const { client } = await signInByOidc(app, idp, mapped, person)
    expect((await whoAmI(client)).viewer.user.email).toBe(person.email)
    expect((await attempt(mapped)).checks.find(({ name }) => name === 'profile')?.actual).toContain(unproved)
  })

  test('leads into no account, though the organization has proved the domain', async () => {
    await app.db.execute(`insert into domains (id, organization_id, name, challenge, verified_at, due_at, created_at)
      values ('dom_proved', '${organization.id}', 'proved.example', 'a challenge', now(), now(), now())`)
    const person = somebody({ email: 'known@proved.example' })
    await signInByOidc(app, idp, connection, person)
    const other = await connectOidc(owner, organization.id, idp, { name: 'Another' })
    const way = async (claims: Record<string, unknown>) => {
      const { step } = await signInByOidc(app, idp, other, { ...person, ...claims })
      return 'location' in step ? step.location.split('?')[0] : step.refused
    }
    expect(await way({ email_verified: false })).toBe('/link-account')
    expect(await way({ email_verified: undefined })).toBe('/link-account')
    expect(await way({ email_verified: true })).toBe('/')
  })
})

describe('generic OpenID Connect', () => {
  test('signs in with any issuer, and is a type of its own', async () => {
    const other = await connectOidc(owner, organization.id, idp)
    const { step } = await signInByOidc(app, idp, other, somebody())
    expect(step).toEqual({ location: '/' })
    const { node } = await owner.run<{ node: { __typename: string } }>(
      'query($id: ID!) { node(id: $id) { __typename } }',
      {
        id: other.id,
      },
    )
    expect(node.__typename).toBe('OidcConnection')
  })

  test.each(['RS256', 'PS256', 'ES256'] as const)('takes %s', async (alg) => {
    idp.replaceKey(alg)
    expect(refusal((await signInByOidc(app, idp, connection, somebody())).step)).toBe('led to /')
  })
})

describe('an ID token that says little', () => {
  test('is completed by userinfo', async () => {
    const thin = await OpenIdProvider.start({ thin: true })
    const other = await connectOidc(owner, organization.id, thin)
    const person = somebody()
    const { step, client } = await signInByOidc(app, thin, other, person)
    expect(step).toEqual({ location: '/' })
    expect((await whoAmI(client)).viewer.user).toMatchObject({ email: person.email, name: person.name })
    expect((await attempt(other)).checks.map(({ name }) => name)).toContain('userinfo')
    await thin.close()
  })

  test('without a claim that the mapping names is refused, and says what came', async () => {
    const mapped = await connectOidc(owner, organization.id, idp, { attributeMapping: { email: 'mail' } })
    expect(refusal((await signInByOidc(app, idp, mapped, somebody())).step)).toBe('ATTRIBUTE_MISSING')
    const { checks, attributes } = await attempt(mapped)
    expect(checks.find(({ name }) => name === 'email')?.actual).toContain('email, email_verified')
    expect(attributes?.find(({ name }) => name === 'sub')).toMatchObject({ usedFor: ['SUBJECT'] })
  })
})

describe('a client secret', () => {
  test('goes to the token endpoint in the way that it wants', async () => {
    const posting = await OpenIdProvider.start({ authMethod: 'client_secret_post' })
    const other = await connectOidc(owner, organization.id, posting)
    expect(refusal((await signInByOidc(app, posting, other, somebody())).step)).toBe('led to /')
    await posting.close()
  })

  test('that is wrong is told to the owner, and not to the member', async () => {
    await owner.run(
      'mutation($input: UpdateOktaConnectionInput!) { updateOktaConnection(input: $input) { connection { id } } }',
      {
        input: { connectionId: connection.id, clientSecret: 'outdated' },
      },
    )
    const { step } = await signInByOidc(app, idp, connection, somebody())
    expect(refusal(step)).toBe('CLIENT_REFUSED')
    expect('page' in step && step.page).not.toContain('Client')
    const { whereToFix, advice } = await attempt()
    expect(whereToFix).toContain('Client Credentials')
    expect(advice).toContain('Client Secret')
  })
})

describe('keys that the identity provider replaces', () => {
  const askedForKeys = (): number => idp.visits.filter((path) => path === '/oauth2/v1/keys').length
  const enter = async () => refusal((await signInByOidc(app, idp, connection, somebody())).step)

  test('without a word let the very next one in', async () => {
    for (let replaced = 0; replaced < 3; replaced++) {
      expect(await enter()).toBe('led to /')
      expect(await enter()).toBe('led to /')
      idp.replaceKey()
    }
    expect(askedForKeys()).toBe(3)
  })

  test('let everybody in who comes at that moment, and are asked for once', async () => {
    expect(await enter()).toBe('led to /')
    idp.replaceKey()
    const browsers = Array.from({ length: 8 }, () => new BrowserSession(app.origin))
    const callbacks: URL[] = []
    for (const browser of browsers) {
      callbacks.push(await answerOf(idp, await startOidc(browser, connection.loginUrl), somebody()))
    }
    const steps = await Promise.all(
      browsers.map((browser, n) => comeBack(browser, callbacks[n] ?? new URL(app.origin))),
    )
    expect(steps.map(refusal)).toEqual(browsers.map(() => 'led to /'))
    expect(askedForKeys()).toBe(2)
  })

  test('however many tokens name unknown ones, are asked for five times a minute', async () => {
    expect(await enter()).toBe('led to /')
    idp.key = newSigningKey()
    for (let n = 0; n < 7; n++) expect(await enter()).toBe('ID_TOKEN_SIGNATURE')
    expect(askedForKeys()).toBe(5)
    clock.advance(minutes(1))
    for (let n = 0; n < 7; n++) expect(await enter()).toBe('ID_TOKEN_SIGNATURE')
    expect(askedForKeys()).toBe(10)
    idp.published = [idp.key]
    clock.advance(minutes(1))
    expect(await enter()).toBe('led to /')
  })
})

describe('a sign-in that the identity provider’s dashboard starts', () => {
  test('starts here, and is answered like any other', async () => {
    idp.register(connection)
    const tile = await new BrowserSession(idp.issuer).get('/home/tile')
    const initiate = tile.headers.get('location') ?? ''
    expect(initiate).toBe(`${connection.loginUrl}?iss=${encodeURIComponent(idp.issuer)}`)
    expect(refusal((await signInByOidc(app, idp, { loginUrl: initiate }, somebody())).step)).toBe('led to /')
  })

  test('by another issuer is refused, and said to the owner', async () => {
    const browser = new BrowserSession(app.origin)
    const response = await browser.get(`/sso/${connection.id}/login?iss=https%3A%2F%2Fevil.example`)
    expect(response.status).toBe(403)
    const { failureReason, checks, whereToFix } = await attempt()
    expect(failureReason).toBe('INITIATOR_MISMATCH')
    expect(checks).toMatchObject([{ name: 'initiator', expected: idp.issuer, actual: 'https://evil.example' }])
    expect(whereToFix).toContain(`Initiate login URI: ${connection.loginUrl}`)
  })

  test('is no answer to anything: a code beside it is not looked at', async () => {
    const url = `${connection.loginUrl}?iss=${encodeURIComponent(idp.issuer)}&code=stolen&state=forged`
    const asked = await startOidc(new BrowserSession(app.origin), url)
    expect(asked.origin).toBe(idp.issuer)
    expect(asked.searchParams.get('state')).not.toBe('forged')
    expect(idp.visits).not.toContain('/oauth2/v1/token')
  })

  test.each([
    ['/acme/members', '/acme/members'],
    ['OWN/acme/settings', '/acme/settings'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['OWN.evil.example/', '/'],
    ['javascript:alert(1)', '/'],
  ])('leads to no other site: target_link_uri %s', async (target, lands) => {
    const url = `${connection.loginUrl}?target_link_uri=${encodeURIComponent(target.replace('OWN', app.origin))}`
    expect((await signInByOidc(app, idp, { loginUrl: url }, somebody())).step).toEqual({ location: lands })
  })
})

describe('a test sign-in', () => {
  const start = async () => {
    const { startTestSignIn } = await owner.run<{ startTestSignIn: { test: { id: string }; url: string } }>(
      'mutation($input: StartTestSignInInput!) { startTestSignIn(input: $input) { test { id } url } }',
      { input: { connectionId: connection.id } },
    )
    return startTestSignIn
  }
  const see = async (id: string) => {
    const { node } = await owner.run<{
      node: { status: string; attempts: { foreseen: string | null; failureReason: string | null }[] }
    }>('query($id: ID!) { node(id: $id) { ... on SsoTest { status attempts { foreseen failureReason } } } }', { id })
    return node
  }

  test('makes every check, says what would happen, lets nobody in and verifies the connection', async () => {
    const { test: started, url } = await start()
    const person = somebody()
    const { step, browser, client } = await signInByOidc(app, idp, { loginUrl: url }, person)
    const location = 'location' in step ? step.location : ''
    expect(location).toMatch(/^\/sso\/test-result\?/)
    expect(await (await browser.get(location)).text()).toContain('The test sign-in works')
    expect(await (await new BrowserSession(app.origin).get(location)).text()).toContain('shown to whoever started it')
    expect(await see(started.id)).toMatchObject({
      status: 'SUCCEEDED',
      attempts: [{ foreseen: `${person.email ?? ''} would become a new Organization Member.` }],
    })
    expect((await client.send('{ viewer { user { id } } }')).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  })

  test('that is refused ends on a page of its own, for the tester alone', async () => {
    const { test: started, url } = await start()
    idp.lies = { claims: (claims) => ({ ...claims, aud: 'another' }) }
    const { step, browser } = await signInByOidc(app, idp, { loginUrl: url }, somebody())
    const location = 'location' in step ? step.location : ''
    expect(await (await browser.get(location)).text()).toContain('The test sign-in was refused')
    expect(await see(started.id)).toMatchObject({
      status: 'REFUSED',
      attempts: [{ failureReason: 'ID_TOKEN_AUDIENCE' }],
    })
  })
})

describe('what the identity provider refuses', () => {
  test('is a refusal with its own words, shortened, for the owner', async () => {
    const browser = new BrowserSession(app.origin)
    const asked = await startOidc(browser, connection.loginUrl)
    const state = asked.searchParams.get('state') ?? ''
    const words = `User is not assigned to the client application. ${'x'.repeat(500)}`
    const callback = new URL(connection.redirectUrl)
    callback.search = new URLSearchParams({
      state,
      error: 'access_denied',
      error_description: words,
      iss: idp.issuer,
    }).toString()
    const step = await comeBack(browser, callback)
    expect(refusal(step)).toBe('AUTHORIZATION_REFUSED')
    expect('page' in step && step.page).not.toContain('assigned')
    const { checks, whereToFix, messageForIdpAdministrator } = await attempt()
    const actual = checks.find(({ name }) => name === 'answer')?.actual ?? ''
    expect(actual).toMatch(/^access_denied: User is not assigned/)
    expect(actual.length).toBeLessThanOrEqual(300)
    expect(whereToFix).toContain('Assignments')
    expect(messageForIdpAdministrator).toContain(connection.redirectUrl)
  })
})

describe('while the identity provider does not answer', () => {
  test('a sign-in says so, and does not start', async () => {
    await idp.close()
    clock.advance(minutes(6))
    const response = await new BrowserSession(app.origin).get(new URL(connection.loginUrl).pathname)
    expect(response.status).toBe(502)
    expect(await attempt()).toMatchObject({ failureReason: 'DISCOVERY_FAILED' })
    idp = await OpenIdProvider.start()
  })
})

describe('a connection that is switched off or deleted', () => {
  test('lets nobody in who is on the way', async () => {
    const browser = new BrowserSession(app.origin)
    const callback = await answerOf(idp, await startOidc(browser, connection.loginUrl), somebody())
    await owner.run(
      'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
      {
        input: { connectionId: connection.id, enabled: false },
      },
    )
    expect(refusal(await comeBack(browser, callback))).toBe('CONNECTION_DISABLED')
    await owner.run(
      'mutation($input: DeleteSsoConnectionInput!) { deleteSsoConnection(input: $input) { deletedConnectionId } }',
      {
        input: { connectionId: connection.id },
      },
    )
    expect(refusal(await comeBack(browser, callback))).toBe('CONNECTION_NOT_FOUND')
  })
})
