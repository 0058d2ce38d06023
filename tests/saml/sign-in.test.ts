import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minutes, seconds } from '../../server/src/core/clock.ts'
import { cleanUp } from '../../server/src/maintenance/clean-up.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import type { Person } from '../testkit/identity-provider.ts'
import {
  answerTo,
  changeRole,
  connect,
  createWorld,
  follow,
  joinBySso,
  ownerPassword,
  post,
  type SamlConnection,
  type Step,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let world: World
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  world = await createWorld(app)
})
afterAll(() => app.close())

let number = 0
/** Somebody whom nobody has seen yet. */
const somebody = (): Person => {
  number += 1
  return { subject: `person-${number}`, email: `person-${number}@acme.example`, name: `Person ${number}` }
}
const refusal = (step: Step): string => ('refused' in step ? step.refused : `led to ${step.location}`)

const whoAmI = (client: GraphqlClient) =>
  client.run<{
    viewer: {
      user: { email: string; name: string | null }
      memberships: { nodes: { id: string; role: { key: string }; roleSource: string; joinMethod: string }[] }
    }
  }>(
    '{ viewer { user { email name } memberships(first: 5) { nodes { id role { key } roleSource joinMethod organization { slug } } } } }',
  )

type Attempt = {
  id: string
  succeeded: boolean
  failureReason: string | null
  email: string | null
  checks: { name: string; passed: boolean }[]
}

/** The newest attempt, as the owner sees it. */
async function lastAttempt(connection: SamlConnection = world.connection): Promise<Attempt> {
  const { node } = await world.owner.run<{ node: { signInAttempts: { nodes: Attempt[] } } }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes {
      id succeeded failureReason email message fixedBy advice checks { name passed expected actual } } } } } }`,
    { id: connection.id },
  )
  const [attempt] = node.signInAttempts.nodes
  if (attempt === undefined) throw new Error('no attempt was recorded')
  return attempt
}

describe('a first sign-in', () => {
  test('makes the person a member, just in time, and lands where they wanted to go', async () => {
    const person = somebody()
    const { step, client } = await signIn(app, world.idp, world.connection, person, { returnTo: '/acme/members' })
    expect(step).toEqual({ location: '/acme/members' })
    const { viewer } = await whoAmI(client)
    expect(viewer.user).toMatchObject({ email: person.email, name: person.name })
    expect(viewer.memberships.nodes).toMatchObject([
      {
        role: { key: 'member' },
        roleSource: 'JUST_IN_TIME',
        joinMethod: 'SINGLE_SIGN_ON',
        organization: { slug: 'acme' },
      },
    ])
    expect(await lastAttempt()).toMatchObject({ succeeded: true, failureReason: null, email: person.email })
  })

  test('records every check that was made, all of them passed', async () => {
    await signIn(app, world.idp, world.connection, somebody())
    const { checks } = await lastAttempt()
    expect(checks.every((check) => check.passed)).toBe(true)
    const names = checks.map((check) => check.name)
    for (const name of [
      'signature',
      'audience',
      'recipient',
      'request',
      'subject',
      'email',
      'browser',
      'replay',
      'membership',
    ]) {
      expect(names).toContain(name)
    }
  })

  test('at the same moment in ten browsers makes one user and one membership', async () => {
    const person = somebody()
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => signIn(app, world.idp, world.connection, person)),
    )
    expect(outcomes.map(({ step }) => step)).toEqual(Array.from({ length: 10 }, () => ({ location: '/' })))
    const ids = await Promise.all(
      outcomes.map(async ({ client }) => (await whoAmI(client)).viewer.memberships.nodes[0]?.id),
    )
    expect(new Set(ids).size).toBe(1)
  })

  test.each([
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/acme/../..//evil.example',
  ])('never leads to another site: %s', async (returnTo) => {
    const { step } = await signIn(app, world.idp, world.connection, somebody(), { returnTo })
    if (!('location' in step)) throw new Error(`refused: ${step.refused}`)
    expect(new URL(step.location, app.origin).origin).toBe(app.origin)
  })
})

describe('a later sign-in', () => {
  test('finds the same user by the subject, whatever the e-mail address is now', async () => {
    const person = somebody()
    const first = await joinBySso(app, world.idp, world.connection, person)
    const { client } = await signIn(app, world.idp, world.connection, { ...person, email: `new-${person.email}` })
    expect((await whoAmI(client)).viewer.memberships.nodes[0]?.id).toBe(first.membershipId)
  })

  test('leaves the role that an owner chose', async () => {
    const person = somebody()
    const { membershipId } = await joinBySso(app, world.idp, world.connection, person)
    await changeRole(world.owner, membershipId, 'admin')
    const { client } = await signIn(app, world.idp, world.connection, person)
    expect((await whoAmI(client)).viewer.memberships.nodes).toMatchObject([
      { role: { key: 'admin' }, roleSource: 'MANUAL' },
    ])
  })

  test('gets a new session, and ends the one that the browser came with', async () => {
    const person = somebody()
    const first = await signIn(app, world.idp, world.connection, person)
    const before = new GraphqlClient(app.origin).withCookies(first.browser.cookieHeader())
    const second = await signIn(app, world.idp, world.connection, person, { browser: first.browser })
    expect(second.browser.cookieHeader()).not.toBe(before.cookieHeader)
    expect(await before.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
    expect((await whoAmI(second.client)).viewer.user.email).toBe(person.email)
  })

  test('lasts no longer than the identity provider allows', async () => {
    const sessionNotOnOrAfter = new Date(clock.now().getTime() + minutes(30)).toISOString()
    const { client } = await signIn(app, world.idp, world.connection, somebody(), { lies: { sessionNotOnOrAfter } })
    clock.advance(minutes(29))
    expect(await client.codeOf('{ viewer { user { id } } }')).toBe('OK')
    clock.advance(minutes(2))
    expect(await client.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
  })
})

describe('what the response says of our own state', () => {
  test('a response counts once: the same form posted again is refused', async () => {
    const started = await startSignIn(app, world.connection)
    const response = world.idp.response(answerTo(app, started, somebody()))
    const first = await post(started.browser, world.connection, response)
    expect('location' in first && (await follow(started.browser, first.location))).toEqual({ location: '/' })
    expect(refusal(await post(started.browser, world.connection, response))).toBe('REQUEST_USED')
    expect(await lastAttempt()).toMatchObject({ failureReason: 'REQUEST_USED' })
  })

  test('posted twenty times at the same moment, exactly one completes', async () => {
    const started = await startSignIn(app, world.connection)
    const response = world.idp.response(answerTo(app, started, somebody()))
    const posted = await Promise.all(
      Array.from({ length: 20 }, () => post(started.browser, world.connection, response)),
    )
    const steps = await Promise.all(
      posted.map(async (step) => ('location' in step ? follow(started.browser, step.location) : step)),
    )
    expect(steps.filter((step) => 'location' in step)).toHaveLength(1)
  })

  test('the assertion does not count again in the answer to another request', async () => {
    const assertionId = '_the-same-assertion'
    const person = somebody()
    const first = await signIn(app, world.idp, world.connection, person, { lies: { assertionId } })
    expect(first.step).toEqual({ location: '/' })
    const second = await signIn(app, world.idp, world.connection, person, { lies: { assertionId } })
    expect(refusal(second.step)).toBe('ASSERTION_REPLAYED')
  })

  test('a request that we never sent is refused', async () => {
    const { step } = await signIn(app, world.idp, world.connection, somebody(), {
      lies: { inResponseTo: '_never-sent' },
    })
    expect(refusal(step)).toBe('REQUEST_UNKNOWN')
  })

  test('a request of another connection is refused', async () => {
    const { createSamlConnection } = await world.owner.run<{ createSamlConnection: { connection: SamlConnection } }>(
      `mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id spEntityId loginUrl redirectUrl revision } } }`,
      {
        input: {
          organizationId: world.organization.id,
          name: 'Second',
          idpSsoUrl: world.idp.ssoUrl,
          idpCertificates: [world.idp.certificate],
        },
      },
    )
    const other = createSamlConnection.connection
    const started = await startSignIn(app, world.connection)
    const forOther = answerTo(app, { ...started, connection: other }, somebody())
    expect(refusal(await post(started.browser, other, world.idp.response(forOther)))).toBe('REQUEST_UNKNOWN')
    const wholeResponse = world.idp.response(answerTo(app, started, somebody()))
    expect(refusal(await post(started.browser, other, wholeResponse))).toBe('DESTINATION_MISMATCH')
  })

  test('a request expires after ten minutes', async () => {
    const started = await startSignIn(app, world.connection)
    clock.advance(minutes(10))
    const step = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, somebody())))
    expect(refusal(step)).toBe('REQUEST_EXPIRED')
  })

  test('the second half must follow within a minute, and works once', async () => {
    const started = await startSignIn(app, world.connection)
    const posted = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, somebody())))
    if (!('location' in posted)) throw new Error(posted.refused)
    clock.advance(seconds(60))
    expect(refusal(await follow(started.browser, posted.location))).toBe('COMPLETION_EXPIRED')
    expect(refusal(await follow(started.browser, posted.location))).toBe('COMPLETION_EXPIRED')
  })

  test('the second half finds nothing once the request was cleaned away', async () => {
    const started = await startSignIn(app, world.connection)
    clock.advance(minutes(9) + seconds(50))
    const posted = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, somebody())))
    if (!('location' in posted)) throw new Error(posted.refused)
    clock.advance(seconds(15))
    await cleanUp({ db: app.db, clock })
    expect(refusal(await follow(started.browser, posted.location))).toBe('REQUEST_UNKNOWN')
  })

  test('started by the identity provider is refused, with the way to mend it', async () => {
    const { step } = await signIn(app, world.idp, world.connection, somebody(), { lies: { inResponseTo: null } })
    expect(refusal(step)).toBe('IDP_INITIATED_NOT_ALLOWED')
    expect(await lastAttempt()).toMatchObject({ fixedBy: 'MEMBER', advice: expect.stringContaining('SSO login URL') })
  })
})

describe('the browser', () => {
  test('that did not start the sign-in cannot complete it: nobody is signed in as somebody else', async () => {
    const attacker = await startSignIn(app, world.connection)
    const posted = await post(
      attacker.browser,
      world.connection,
      world.idp.response(answerTo(app, attacker, somebody())),
    )
    if (!('location' in posted)) throw new Error(posted.refused)
    const victim = new BrowserSession(app.origin)
    expect(refusal(await follow(victim, posted.location))).toBe('REQUEST_FROM_OTHER_BROWSER')
    expect(await lastAttempt()).toMatchObject({ failureReason: 'REQUEST_FROM_OTHER_BROWSER' })
    // And the ticket is spent: the attacker cannot use it either.
    expect(refusal(await follow(attacker.browser, posted.location))).toBe('COMPLETION_EXPIRED')
  })

  test('with two tabs can complete both', async () => {
    const browser = new BrowserSession(app.origin)
    const person = somebody()
    const one = await startSignIn(app, world.connection, { browser, returnTo: '/one' })
    const two = await startSignIn(app, world.connection, { browser, returnTo: '/two' })
    for (const [started, expected] of [
      [one, '/one'],
      [two, '/two'],
    ] as const) {
      const posted = await post(browser, world.connection, world.idp.response(answerTo(app, started, person)))
      expect('location' in posted && (await follow(browser, posted.location))).toEqual({ location: expected })
    }
  })

  test('gets no cookie and no session from the ACS itself', async () => {
    const started = await startSignIn(app, world.connection)
    const fresh = new BrowserSession(app.origin)
    await post(fresh, world.connection, world.idp.response(answerTo(app, started, somebody())))
    expect(fresh.cookieHeader()).toBe('')
  })
})

describe('a refused sign-in', () => {
  test('tells the member what happened and who can mend it, and nothing of the details', async () => {
    const { step } = await signIn(app, world.idp, world.connection, somebody(), {
      lies: { audiences: [['https://somebody.else']] },
    })
    if (!('refused' in step)) throw new Error('accepted')
    expect(step).toMatchObject({ refused: 'AUDIENCE_MISMATCH', status: 403 })
    expect(step.page).not.toContain('somebody.else')
    expect(step.page).toContain('An owner of your organization can fix this')
    const attempt = await lastAttempt()
    expect(step.reference).toBe(attempt.id)
    expect(attempt.checks.filter((check) => !check.passed)).toMatchObject([
      { name: 'audience', actual: 'https://somebody.else' },
    ])
  })

  test('stands in the audit log too', async () => {
    const { step } = await signIn(app, world.idp, world.connection, somebody(), { lies: { sign: 'none' } })
    expect(refusal(step)).toBe('SIGNATURE_MISSING')
    const { organization } = await world.owner.run<{
      organization: { auditEvents: { nodes: { type: string; summary: string }[] } }
    }>('{ organization(slug: "acme") { auditEvents(first: 1) { nodes { type summary } } } }')
    expect(organization.auditEvents.nodes[0]).toMatchObject({
      type: 'signIn.refused',
      summary: expect.stringContaining('SIGNATURE_MISSING'),
    })
  })

  test.each([
    ['nothing at all', [], 'RESPONSE_MISSING'],
    ['a request instead', [['SAMLRequest', 'x']], 'RESPONSE_MISSING'],
    [
      'two responses',
      [
        ['SAMLResponse', 'x'],
        ['SAMLResponse', 'y'],
      ],
      'RESPONSE_MISSING',
    ],
    ['an empty response', [['SAMLResponse', '']], 'RESPONSE_MISSING'],
    ['garbage', [['SAMLResponse', '%%%']], 'RESPONSE_MALFORMED'],
  ] as [string, [string, string][], string][])('for %s', async (_what, fields, reason) => {
    const path = new URL(world.connection.redirectUrl).pathname
    const page = await (await new BrowserSession(app.origin).postFromOtherSite(path, fields)).text()
    expect(page).toContain(reason)
    expect(await lastAttempt()).toMatchObject({ failureReason: reason })
  })

  test('for a body that is too large, or in another form, without taking it in', async () => {
    const url = world.connection.redirectUrl
    const large = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `SAMLResponse=${'a'.repeat(500_000)}`,
    })
    expect([large.status, await large.text()]).toEqual([413, expect.stringContaining('RESPONSE_TOO_LARGE')])
    const xml = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<x/>' })
    expect(await xml.text()).toContain('RESPONSE_MISSING')
  })

  test.each(['sso_unknown', 'org_x', 'x', '%00', 'sso_%00'])('at the connection %s, which there is not', async (id) => {
    const login = await fetch(`${app.origin}/sso/${id}/login`, { redirect: 'manual' })
    expect([login.status, await login.text()]).toEqual([404, expect.stringContaining('CONNECTION_NOT_FOUND')])
    const acs = await fetch(`${app.origin}/sso/${id}/acs`, {
      method: 'POST',
      body: new URLSearchParams({ SAMLResponse: 'x' }),
    })
    expect([acs.status, await acs.text()]).toEqual([404, expect.stringContaining('CONNECTION_NOT_FOUND')])
    expect((await fetch(`${app.origin}/sso/${id}/metadata`)).status).toBe(404)
  })

  test('when the connection is disabled before, or between the two halves', async () => {
    const person = somebody()
    const setEnabled = (enabled: boolean) =>
      world.owner.run(
        'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
        {
          input: { connectionId: world.connection.id, enabled },
        },
      )
    const started = await startSignIn(app, world.connection)
    const posted = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, person)))
    await setEnabled(false)
    expect('location' in posted && refusal(await follow(started.browser, posted.location))).toBe('CONNECTION_DISABLED')
    const login = await fetch(world.connection.loginUrl, { redirect: 'manual' })
    expect([login.status, await login.text()]).toEqual([403, expect.stringContaining('CONNECTION_DISABLED')])
    await setEnabled(true)
    expect((await signIn(app, world.idp, world.connection, person)).step).toEqual({ location: '/' })
  })

  test('when the trusted certificate was replaced between the two halves', async () => {
    const started = await startSignIn(app, world.connection)
    const posted = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, somebody())))
    const { IdentityProvider } = await import('../testkit/identity-provider.ts')
    const update = (idpCertificates: string[]) =>
      world.owner.run(
        'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
        {
          input: { connectionId: world.connection.id, idpCertificates },
        },
      )
    await update([(await IdentityProvider.create()).certificate])
    expect('location' in posted && refusal(await follow(started.browser, posted.location))).toBe('COMPLETION_EXPIRED')
    await update([world.idp.certificate])
  })
})

describe('an e-mail address that an existing user has', () => {
  const pending = `query($token: String!) { pendingSsoLink(token: $token) { email organizationName viewerIsUser userHasPassword } }`
  const link = `mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { user { email } returnPath } }`
  /** Signs in as somebody who claims the owner's address. */
  const claimOwner = async () => {
    const { step, client, browser } = await signIn(
      app,
      world.idp,
      world.connection,
      { subject: `claims-${++number}`, email: 'owner@acme.example' },
      { returnTo: '/acme' },
    )
    if (!('location' in step)) throw new Error(step.refused)
    const token = new URL(step.location, app.origin).searchParams.get('token') ?? ''
    return { step, client, browser, token }
  }

  test('never leads into their account by itself', async () => {
    const { step, client } = await claimOwner()
    expect(step).toMatchObject({ location: expect.stringMatching(/^\/link-account\?token=/) })
    expect(await client.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
    expect(await lastAttempt()).toMatchObject({ failureReason: 'ACCOUNT_EXISTS' })
  })

  test('is connected once they prove with their password that it is they; from then on the subject counts', async () => {
    const { client, token } = await claimOwner()
    expect(await client.run(pending, { token })).toMatchObject({
      pendingSsoLink: { email: 'owner@acme.example', viewerIsUser: false, userHasPassword: true },
    })
    expect(await client.refusedFields(link, { input: { token, password: 'wrong' } })).toEqual([
      'input.password WRONG_PASSWORD',
    ])
    expect(await client.run(link, { input: { token, password: ownerPassword } })).toMatchObject({
      linkSsoIdentity: { returnPath: '/acme' },
    })
    expect((await whoAmI(client)).viewer.user.email).toBe('owner@acme.example')
    expect(await client.codeOf(link, { input: { token, password: ownerPassword } })).toBe('NOT_FOUND')
    const again = await signIn(app, world.idp, world.connection, {
      subject: `claims-${number}`,
      email: 'owner@acme.example',
    })
    expect(again.step).toEqual({ location: '/' })
    expect((await whoAmI(again.client)).viewer.memberships.nodes[0]?.role.key).toBe('owner')
  })

  test('is connected in the browser that signed in, and in no other', async () => {
    const { token } = await claimOwner()
    expect(await app.nobody().codeOf(pending, { token })).toBe('NOT_FOUND')
    expect(await app.nobody().codeOf(link, { input: { token, password: ownerPassword } })).toBe('NOT_FOUND')
    expect(await world.owner.codeOf(link, { input: { token } })).toBe('NOT_FOUND')
  })

  test('can be connected for ten minutes', async () => {
    const { client, token } = await claimOwner()
    clock.advance(minutes(10))
    expect(await client.codeOf(link, { input: { token, password: ownerPassword } })).toBe('NOT_FOUND')
  })
})

describe('a new connection in the place of a deleted one', () => {
  const remove =
    'mutation($input: DeleteSsoConnectionInput!) { deleteSsoConnection(input: $input) { deletedConnectionId } }'

  test('lets in, by e-mail address, the members whom nothing else lets in any more', async () => {
    const before = await connect(world.owner, world.organization.id, world.idp, { name: 'Before' })
    const person = somebody()
    const { membershipId } = await joinBySso(app, world.idp, before, person)
    await changeRole(world.owner, membershipId, 'admin')
    await world.owner.run(remove, { input: { connectionId: before.id } })
    const after = await connect(world.owner, world.organization.id, world.idp, { name: 'After' })
    const { client } = await signIn(app, world.idp, after, { ...person, subject: `${person.subject}-elsewhere` })
    expect((await whoAmI(client)).viewer.memberships.nodes).toMatchObject([
      { id: membershipId, role: { key: 'admin' } },
    ])
  })

  test('asks those for proof who have another connection, another organization or a password', async () => {
    const second = await connect(world.owner, world.organization.id, world.idp, { name: 'Beside' })
    const person = somebody()
    await joinBySso(app, world.idp, world.connection, person)
    const beside = await signIn(app, world.idp, second, { ...person, subject: `${person.subject}-elsewhere` })
    expect(beside.step).toMatchObject({ location: expect.stringContaining('/link-account') })
    const foreign = await signIn(app, world.otherIdp, world.otherConnection, { ...person, subject: 'foreign' })
    expect(foreign.step).toMatchObject({ location: expect.stringContaining('/link-account') })
  })
})
