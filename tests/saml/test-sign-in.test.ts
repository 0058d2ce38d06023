import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { days, minutes, seconds } from '../../server/src/core/clock.ts'
import { cleanUp } from '../../server/src/maintenance/clean-up.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession, readAuthnRequest } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import type { Answer, Person } from '../testkit/identity-provider.ts'
import {
  answerTo,
  connect,
  createWorld,
  follow,
  ownerPassword,
  post,
  type SamlConnection,
  type StartedSignIn,
  type Step,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'
import { encryptionKeyOf } from '../testkit/sp-keys.ts'

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
const somebody = (): Person => {
  number += 1
  return { subject: `tester-${number}`, email: `tester-${number}@acme.example`, name: `Tester ${number}` }
}

type StartedTest = { test: { id: string; status: string; expiresAt: string }; url: string }

const startTest = async (connection: SamlConnection, by: GraphqlClient = world.owner): Promise<StartedTest> => {
  const { startTestSignIn } = await by.run<{ startTestSignIn: StartedTest }>(
    'mutation($input: StartTestSignInInput!) { startTestSignIn(input: $input) { test { id status expiresAt } url } }',
    { input: { connectionId: connection.id } },
  )
  return startTestSignIn
}

type SeenTest = {
  status: string
  attempts: {
    id: string
    test: boolean
    succeeded: boolean
    failureReason: string | null
    foreseen: string | null
    email: string | null
    user: { email: string } | null
    checks: { name: string; passed: boolean; expected: string | null; actual: string | null }[]
  }[]
}

const seeTest = async ({ test: { id } }: StartedTest, by: GraphqlClient = world.owner): Promise<SeenTest> => {
  const { node } = await by.run<{ node: SeenTest }>(
    `query($id: ID!) { node(id: $id) { ... on SsoTest { status attempts {
      id test succeeded failureReason foreseen email user { email } checks { name passed expected actual } } } } }`,
    { id },
  )
  return node
}

type Settings = { verifiedAt: string | null; idpEntityId: string | null; revision: number; enabled: boolean }
const settingsOf = async (connection: SamlConnection): Promise<Settings> => {
  const { node } = await world.owner.run<{ node: Settings }>(
    'query($id: ID!) { node(id: $id) { ... on SamlConnection { verifiedAt idpEntityId revision enabled } } }',
    { id: connection.id },
  )
  return node
}

const update = (connection: SamlConnection, settings: Record<string, unknown>) =>
  world.owner.run(
    'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
    { input: { connectionId: connection.id, ...settings } },
  )
const setEnabled = (connection: SamlConnection, enabled: boolean) =>
  world.owner.run(
    'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
    { input: { connectionId: connection.id, enabled } },
  )

/** Opens a test's address: the browser stands before the identity provider. */
async function open(
  { url }: StartedTest,
  connection: SamlConnection,
  browser = new BrowserSession(app.origin),
): Promise<StartedSignIn> {
  const { pathname, search } = new URL(url)
  const response = await browser.get(pathname + search)
  if (response.status !== 303) throw new Error(`the test did not start: ${await response.text()}`)
  const { id } = await readAuthnRequest(response.headers.get('location') ?? '')
  return { browser, requestId: id, connection }
}

/** Posts the answer, and goes wherever that leads within our site, to the page at the end. */
async function finish(started: StartedSignIn, samlResponse: string, browser = started.browser): Promise<string> {
  let step: Step = await post(started.browser, started.connection, samlResponse)
  while ('location' in step) {
    const response = await browser.get(step.location)
    step =
      response.status === 303
        ? { location: response.headers.get('location') ?? '' }
        : { refused: '', status: response.status, page: await response.text(), reference: '' }
  }
  return step.page
}

async function tryOut(
  connection: SamlConnection,
  person: Person,
  {
    lies = {},
    browser = new BrowserSession(app.origin),
    started,
  }: { lies?: Partial<Answer>; browser?: BrowserSession; started?: StartedTest } = {},
): Promise<{ page: string; started: StartedTest; seen: SeenTest }> {
  const begun = started ?? (await startTest(connection))
  const opened = await open(begun, connection, browser)
  const page = await finish(opened, world.idp.response(answerTo(app, opened, person, lies)))
  return { page, started: begun, seen: await seeTest(begun) }
}

const fresh = (settings: Record<string, unknown> = {}) =>
  connect(world.owner, world.organization.id, world.idp, { name: `Test ${++number}`, ...settings })

const memberEmails = async (): Promise<string[]> => {
  const { organization } = await world.owner.run<{
    organization: { memberships: { nodes: { user: { email: string } }[] } }
  }>('{ organization(slug: "acme") { memberships(first: 100) { nodes { user { email } } } } }')
  return organization.memberships.nodes.map(({ user }) => user.email)
}

const auditTypes = async (first = 3): Promise<string[]> => {
  const { organization } = await world.owner.run<{ organization: { auditEvents: { nodes: { type: string }[] } } }>(
    `{ organization(slug: "acme") { auditEvents(first: ${first}) { nodes { type } } } }`,
  )
  return organization.auditEvents.nodes.map(({ type }) => type)
}

describe('a test sign-in', () => {
  test('waits, then succeeds: all checks are there, and what a sign-in would have done', async () => {
    const connection = await fresh()
    const started = await startTest(connection)
    expect(started.test.status).toBe('WAITING')
    expect(await seeTest(started)).toEqual({ status: 'WAITING', attempts: [] })
    const person = somebody()
    const { seen, page } = await tryOut(connection, person, { started })
    expect(seen.status).toBe('SUCCEEDED')
    const [attempt] = seen.attempts
    expect(attempt).toMatchObject({ test: true, succeeded: true, failureReason: null, email: person.email, user: null })
    expect(attempt?.foreseen).toBe(`${person.email} would become a new Organization Member.`)
    expect(attempt?.checks.filter(({ passed }) => !passed)).toEqual([])
    const names = attempt?.checks.map(({ name }) => name)
    for (const name of ['signature', 'audience', 'request', 'subject', 'email', 'browser', 'replay', 'settings']) {
      expect(names).toContain(name)
    }
    expect(page).toContain('The test sign-in works')
    expect(page).toContain(`${person.email} would become a new Organization Member.`)
    expect(page).toContain('You can close this window')
  })

  test('makes no user, no membership, no identity and no session', async () => {
    const connection = await fresh()
    const person = somebody()
    const browser = new BrowserSession(app.origin)
    await tryOut(connection, person, { browser })
    expect(await memberEmails()).not.toContain(person.email)
    expect(browser.has('gatehouse_session')).toBe(false)
    // Had it left a user or an identity behind, the first sign-in proper would not be a first one.
    const { step, client } = await signIn(app, world.idp, connection, person)
    expect(step).toEqual({ location: '/' })
    const { viewer } = await client.run<{ viewer: { memberships: { nodes: { roleSource: string }[] } } }>(
      '{ viewer { memberships(first: 5) { nodes { roleSource } } } }',
    )
    expect(viewer.memberships.nodes).toEqual([{ roleSource: 'JUST_IN_TIME' }])
  })

  test('leaves the session of the tester as it is', async () => {
    const connection = await fresh()
    const tester = await signIn(app, world.idp, world.connection, somebody())
    const before = tester.browser.cookieHeader()
    await tryOut(connection, somebody(), { browser: tester.browser })
    expect(tester.browser.cookieHeader()).toBe(before)
    expect(await tester.client.codeOf('{ viewer { user { id } } }')).toBe('OK')
  })

  test('may be started by an access token, and opened in a browser where nobody is signed in', async () => {
    const connection = await fresh()
    const started = await startTest(connection, world.ownerToken)
    expect((await tryOut(connection, somebody(), { started })).seen.status).toBe('SUCCEEDED')
    expect((await seeTest(started, world.ownerToken)).attempts).toHaveLength(1)
  })

  test('works while the connection is disabled, when a sign-in proper does not', async () => {
    const connection = await fresh()
    await setEnabled(connection, false)
    const { seen } = await tryOut(connection, somebody())
    expect(seen.status).toBe('SUCCEEDED')
    expect(await settingsOf(connection)).toMatchObject({ enabled: false, verifiedAt: clock.now().toISOString() })
    await expect(startSignIn(app, connection)).rejects.toThrow('CONNECTION_DISABLED')
  })

  test('needs complete settings', async () => {
    const { createSamlConnection } = await world.owner.run<{ createSamlConnection: { connection: { id: string } } }>(
      'mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id } } }',
      { input: { organizationId: world.organization.id } },
    )
    const code = await world.owner.codeOf(
      'mutation($input: StartTestSignInInput!) { startTestSignIn(input: $input) { url } }',
      { input: { connectionId: createSamlConnection.connection.id } },
    )
    expect(code).toBe('CONFLICT CONNECTION_INCOMPLETE')
  })

  test('is written to the audit log as a test, and not as a sign-in', async () => {
    const connection = await fresh()
    await tryOut(connection, somebody())
    expect(await auditTypes()).toEqual(['ssoConnection.verified', 'ssoTest.succeeded', 'ssoTest.started'])
    await tryOut(connection, somebody(), { lies: { audiences: [['https://x.example']] } })
    expect(await auditTypes(2)).toEqual(['ssoTest.refused', 'ssoTest.started'])
  })
})

describe('what a sign-in would do', () => {
  test('sign an existing member in, as whom the connection knows', async () => {
    const { seen } = await tryOut(world.connection, world.member)
    expect(seen.attempts[0]).toMatchObject({
      foreseen: 'mary@acme.example would be signed in: an existing member.',
      user: { email: 'mary@acme.example' },
    })
  })

  test('ask the owner, who has an account with a password, to confirm', async () => {
    const { seen } = await tryOut(world.connection, { subject: 'olive', email: 'owner@acme.example' })
    expect(seen.status).toBe('SUCCEEDED')
    expect(seen.attempts[0]?.foreseen).toBe(
      'owner@acme.example has an account already and would be asked, once, to confirm that it is theirs.',
    )
  })

  test('refuse a suspended member', async () => {
    const person = somebody()
    const { client } = await signIn(app, world.idp, world.connection, person)
    const { viewer } = await client.run<{ viewer: { memberships: { nodes: { id: string }[] } } }>(
      '{ viewer { memberships(first: 1) { nodes { id } } } }',
    )
    await world.owner.run(
      'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
      { input: { membershipId: viewer.memberships.nodes[0]?.id, suspended: true } },
    )
    const { seen } = await tryOut(world.connection, person)
    expect(seen.attempts[0]?.foreseen).toBe(`${person.email} is a suspended member, whose sign-in would be refused.`)
  })
})

describe('a test that is refused', () => {
  test('shows the failing check to the tester and to who started it, as it arrives', async () => {
    const connection = await fresh()
    const { seen, page } = await tryOut(connection, somebody(), { lies: { audiences: [['https://x.example']] } })
    expect(seen.status).toBe('REFUSED')
    expect(seen.attempts[0]).toMatchObject({ test: true, succeeded: false, failureReason: 'AUDIENCE_MISMATCH' })
    expect(seen.attempts[0]?.checks.find(({ passed }) => !passed)).toMatchObject({
      name: 'audience',
      expected: connection.spEntityId,
      actual: 'https://x.example',
    })
    expect(page).toContain('The test sign-in was refused')
    expect(page).toContain(`Entity ID (Audience, Identifier): ${connection.spEntityId}`)
    expect(page).toContain('https://x.example')
    expect(page).toContain('You can close this window')
    expect((await settingsOf(connection)).verifiedAt).toBeNull()
  })

  test('after something was decrypted tells whoever has the address the same whatever came out, and owners more', async () => {
    const connection = await fresh({ allowCbcEncryption: true })
    const publicKey = await encryptionKeyOf(app.origin, connection.id)
    const outcomes = [
      (xml: string) => `<secret-element>${xml}</another-one>`,
      (xml: string) => xml.replace('</saml:Subject>', '<secret-element/></saml:Subject>'),
      (xml: string) => xml.replace(/Value>[^<]+</, 'Value>changed<'),
      () => 'garbage',
    ].map((changePlaintext) =>
      tryOut(connection, somebody(), { lies: { encrypt: { publicKey, block: 'aes256-cbc', changePlaintext } } }),
    )
    const told = (await Promise.all(outcomes)).map(({ page, seen }) => {
      expect(seen.attempts[0]).toMatchObject({ failureReason: 'DECRYPTION_FAILED' })
      expect(page).not.toContain('secret-element')
      return page.replaceAll(/att_[0-9a-z]+/g, '')
    })
    expect(new Set(told).size).toBe(1)
    expect(told[0]).toContain('DECRYPTION_FAILED')
  })

  test('opens to nobody what was encrypted for another sign-in: it names the person to owners alone', async () => {
    const connection = await fresh()
    const encrypt = { publicKey: await encryptionKeyOf(app.origin, connection.id) }
    const victim = { subject: 'secret-subject', email: 'secret@acme.example', name: 'Secret Name' }
    const { requestId } = await startSignIn(app, connection)
    // The envelope is not signed, so that whoever caught the answer writes the test's request into it.
    const { page, seen } = await tryOut(connection, victim, { lies: { encrypt, confirmationInResponseTo: requestId } })
    expect(page).toContain('IN_RESPONSE_TO_MISMATCH')
    expect(page).not.toMatch(/secret/i)
    expect(seen.attempts[0]).toMatchObject({ failureReason: 'IN_RESPONSE_TO_MISMATCH', email: 'secret@acme.example' })
    const own = somebody()
    expect((await tryOut(connection, own, { lies: { encrypt } })).page).toContain(own.email)
  })

  test('by the identity provider itself shows its words', async () => {
    const { seen } = await tryOut(await fresh(), somebody(), {
      lies: { status: 'Requester', statusMessage: 'AADSTS50105: not assigned' },
    })
    expect(seen.attempts[0]).toMatchObject({ failureReason: 'STATUS_NOT_SUCCESS', test: true })
  })

  test('may be tried again, and one success is enough, whatever the Back button does later', async () => {
    const connection = await fresh()
    const { started } = await tryOut(connection, somebody(), { lies: { sign: 'none' } })
    const opened = await open(started, connection)
    const answer = world.idp.response(answerTo(app, opened, somebody()))
    await finish(opened, answer)
    await finish(opened, answer)
    const seen = await seeTest(started)
    expect(seen.attempts.map(({ failureReason }) => failureReason)).toEqual(['REQUEST_USED', null, 'SIGNATURE_MISSING'])
    expect(seen.status).toBe('SUCCEEDED')
  })

  test('in another browser than it was opened in shows nothing of it there', async () => {
    const connection = await fresh()
    const started = await startTest(connection)
    const opened = await open(started, connection)
    const answer = world.idp.response(answerTo(app, opened, somebody(), { audiences: [['https://x.example']] }))
    const page = await finish(opened, answer, new BrowserSession(app.origin))
    expect(page).toContain('Its result is shown to whoever started it')
    expect(page).not.toContain('https://x.example')
    expect(page).not.toContain('AUDIENCE_MISMATCH')
    const second = await open(started, connection)
    await finish(second, world.idp.response(answerTo(app, second, somebody())), new BrowserSession(app.origin))
    expect((await seeTest(started)).attempts[0]).toMatchObject({
      failureReason: 'REQUEST_FROM_OTHER_BROWSER',
      test: true,
    })
    expect((await settingsOf(connection)).verifiedAt).toBeNull()
  })
})

describe('the answer to a test', () => {
  test('is good for no sign-in proper: not in a browser that has one under way', async () => {
    const connection = await fresh()
    const browser = new BrowserSession(app.origin)
    const proper = await startSignIn(app, connection, { browser })
    const opened = await open(await startTest(connection), connection, browser)
    const answer = answerTo(app, opened, somebody())
    // The envelope names the other request: response and assertion must agree, and the assertion is signed.
    const forged = world.idp
      .responseXml(answer)
      .replace(`InResponseTo="${opened.requestId}"`, `InResponseTo="${proper.requestId}"`)
    await finish(proper, Buffer.from(forged).toString('base64'))
    await finish(opened, world.idp.response(answer))
    expect(browser.has('gatehouse_session')).toBe(false)
  })

  test('opens a disabled connection to nobody: a sign-in proper that looks like a test from outside is refused', async () => {
    const connection = await fresh()
    const proper = await startSignIn(app, connection)
    const opened = await open(await startTest(connection), connection)
    await setEnabled(connection, false)
    // The unsigned envelope may hold what a hasty reader takes for the ID of the test's request.
    const hint = ` Consent="urn:x InResponseTo='${opened.requestId}'"`
    const xml = world.idp.responseXml(answerTo(app, proper, somebody())).replace('<samlp:Response', `$&${hint}`)
    const posted = await post(proper.browser, connection, Buffer.from(xml).toString('base64'))
    expect(posted).toHaveProperty('location')
    const location = 'location' in posted ? posted.location : ''
    expect(await follow(proper.browser, location)).toMatchObject({ refused: 'CONNECTION_DISABLED' })
    expect(proper.browser.has('gatehouse_session')).toBe(false)
  })

  test('counts once', async () => {
    const connection = await fresh()
    const started = await startTest(connection)
    const opened = await open(started, connection)
    const answer = world.idp.response(answerTo(app, opened, somebody()))
    const [first, second] = [
      await post(opened.browser, connection, answer),
      await post(opened.browser, connection, answer),
    ]
    for (const step of [first, second]) if ('location' in step) await follow(opened.browser, step.location)
    const reasons = (await seeTest(started)).attempts.map(({ failureReason }) => failureReason)
    expect(reasons).toEqual(['REQUEST_USED', null])
  })
})

describe('verified', () => {
  test('is what a successful test makes of a connection, and a change takes it away', async () => {
    const connection = await fresh()
    expect((await settingsOf(connection)).verifiedAt).toBeNull()
    await tryOut(connection, somebody())
    expect((await settingsOf(connection)).verifiedAt).toBe(clock.now().toISOString())
    await update(connection, { spEntityId: 'https://other.example' })
    expect((await settingsOf(connection)).verifiedAt).toBeNull()
  })

  test('with it a test learns the identity provider’s entity ID, and the same test goes on', async () => {
    const connection = await fresh({ idpEntityId: null })
    const { started } = await tryOut(connection, somebody())
    expect(await settingsOf(connection)).toMatchObject({
      idpEntityId: world.idp.entityId,
      verifiedAt: clock.now().toISOString(),
      revision: connection.revision + 1,
    })
    expect((await tryOut(connection, somebody(), { started })).seen.attempts[0]?.succeeded).toBe(true)
  })

  test('is not what a test of older settings makes of it: changed before it was opened', async () => {
    const connection = await fresh()
    const started = await startTest(connection)
    await update(connection, { idpSsoUrl: 'https://idp.example/other' })
    await expect(open(started, connection)).rejects.toThrow('TEST_OUTDATED')
    expect((await settingsOf(connection)).verifiedAt).toBeNull()
  })

  test('is not what a test of older settings makes of it: changed while the tester was away', async () => {
    const connection = await fresh()
    const started = await startTest(connection)
    const opened = await open(started, connection)
    await update(connection, { idpSsoUrl: 'https://idp.example/other' })
    const page = await finish(opened, world.idp.response(answerTo(app, opened, somebody())))
    expect(page).toContain('TEST_OUTDATED')
    expect((await seeTest(started)).attempts[0]).toMatchObject({ failureReason: 'TEST_OUTDATED', test: true })
    expect((await settingsOf(connection)).verifiedAt).toBeNull()
  })
})

describe('the address of a test', () => {
  const tried = async (url: URL): Promise<string> => {
    const response = await new BrowserSession(app.origin).get(url.pathname + url.search)
    return response.status === 303
      ? 'started'
      : (/Reason: <span class="reference">([A-Z_]+)</.exec(await response.text())?.[1] ?? '')
  }

  test('is good for 15 minutes, and for its own connection', async () => {
    const connection = await fresh()
    const { url } = await startTest(connection)
    expect(new URL(url).origin + new URL(url).pathname).toBe(connection.loginUrl)
    clock.advance(minutes(15) - seconds(1))
    expect(await tried(new URL(url))).toBe('started')
    const elsewhere = new URL(world.connection.loginUrl)
    elsewhere.search = new URL(url).search
    expect(await tried(elsewhere)).toBe('TEST_OUTDATED')
    clock.advance(seconds(1))
    expect(await tried(new URL(url))).toBe('TEST_OUTDATED')
  })

  test.each(['', 'wrong', 'a&test=b'])(
    'is refused with the secret “%s”, and starts no sign-in proper',
    async (secret) => {
      expect(await tried(new URL(`${world.connection.loginUrl}?test=${secret}`))).toBe('TEST_OUTDATED')
    },
  )

  test('leaves nothing of its secret in the database', async () => {
    const { url } = await startTest(world.connection)
    const secret = new URL(url).searchParams.get('test') ?? ''
    expect(secret).toHaveLength(43)
    const rows = JSON.stringify(await app.db.execute('select * from sso_tests, lateral (select * from audit_events) a'))
    expect(rows).not.toContain(secret)
  })

  test('and the test go a day after it expired', async () => {
    const started = await startTest(world.connection)
    clock.advance(minutes(15))
    await cleanUp({ db: app.db, clock })
    expect((await seeTest(started)).status).toBe('WAITING')
    clock.advance(days(1))
    await cleanUp({ db: app.db, clock })
    const owner = app.nobody()
    await owner.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
      input: { email: 'owner@acme.example', password: ownerPassword },
    })
    expect(await owner.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: started.test.id })).toBe('NOT_FOUND')
  })
})
