import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minutes, seconds } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import type { Answer, Person } from '../testkit/identity-provider.ts'
import {
  answerTo,
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
  stepOf,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let database: TestDatabase
let world: World
let connection: SamlConnection
beforeAll(async () => {
  clock = createTestClock()
  database = await createTestDatabase()
  app = await startTestApp({ clock, database })
  world = await createWorld(app)
  connection = await connect(world.owner, world.organization.id, world.idp, { name: 'Tile', allowIdpInitiated: true })
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

let browser: BrowserSession
beforeEach(() => {
  browser = new BrowserSession(app.origin)
})

let number = 0
const somebody = (): Person => {
  number += 1
  return { subject: `tile-${number}`, email: `tile-${number}@acme.example`, name: `Tile ${number}` }
}

/** What the identity provider posts when somebody clicks its tile: it answers no request. */
const unasked = (person: Person, lies: Partial<Answer> = {}): Answer => ({
  acsUrl: connection.redirectUrl,
  audience: connection.spEntityId,
  now: clock.now(),
  inResponseTo: null,
  person,
  ...lies,
})

const to = (step: Step): string => {
  if ('refused' in step) throw new Error(`refused: ${step.refused}`)
  return step.location
}
const reasonOf = (step: Step): string => ('refused' in step ? step.refused : `led to ${step.location}`)
const tokenIn = (location: string): string => new URL(location, app.origin).searchParams.get('t') ?? ''

/** The tile, up to the page that asks. @returns its token. */
async function openTile(person: Person, lies: Partial<Answer> = {}): Promise<string> {
  const ticket = to(await post(browser, connection, world.idp.response(unasked(person, lies))))
  expect(ticket).toMatch(/^\/sso\/complete\?t=/)
  const page = to(await follow(browser, ticket))
  expect(page).toMatch(/^\/sso\/confirm\?t=/)
  return tokenIn(page)
}
const pageOf = async (token: string, who = browser): Promise<string> =>
  (await who.get(`/sso/confirm?t=${token}`)).text()
const press = async (token: string, choice: string, who = browser): Promise<Step> =>
  stepOf(
    await who.postForm('/sso/confirm', [
      ['t', token],
      ['choice', choice],
    ]),
  )
const clientOf = (who: BrowserSession) => new GraphqlClient(app.origin).withCookies(who.cookieHeader())
const emailOf = async (who: BrowserSession): Promise<string> => {
  const { viewer } = await clientOf(who).run<{ viewer: { user: { email: string } } }>('{ viewer { user { email } } }')
  return viewer.user.email
}
const isNobody = async (who: BrowserSession): Promise<boolean> =>
  (await clientOf(who).codeOf('{ viewer { user { id } } }')) === 'UNAUTHENTICATED'

type Attempt = { succeeded: boolean; failureReason: string | null; email: string | null; checks: Check[] }
type Check = { name: string; passed: boolean; actual: string | null }
async function lastAttempt(): Promise<Attempt> {
  const { node } = await world.owner.run<{ node: { signInAttempts: { nodes: Attempt[] } } }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes {
      succeeded failureReason email checks { name passed actual } } } } } }`,
    { id: connection.id },
  )
  const [attempt] = node.signInAttempts.nodes
  if (attempt === undefined) throw new Error('no attempt was recorded')
  return attempt
}
const checkOf = (attempt: Attempt, name: string) => attempt.checks.find((check) => check.name === name)

const change = (settings: Record<string, unknown>) =>
  world.owner.run(
    'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
    { input: { connectionId: connection.id, ...settings } },
  )

describe('a sign-in that the identity provider starts', () => {
  test('is refused unless the connection takes it, and it does not by itself', async () => {
    const other = await connect(world.owner, world.organization.id, world.idp, { name: 'By itself' })
    const answer = { ...unasked(somebody()), acsUrl: other.redirectUrl, audience: other.spEntityId }
    expect(reasonOf(await post(browser, other, world.idp.response(answer)))).toBe('IDP_INITIATED_NOT_ALLOWED')
  })

  test('signs in, once the person has read as whom and gone on', async () => {
    const person = somebody()
    const token = await openTile(person)
    expect(await isNobody(browser)).toBe(true)
    const page = await pageOf(token)
    expect(page).toContain(`You are about to sign in to <strong>Acme</strong> as <strong>${person.email}</strong>`)
    expect(page).toContain('first sign-in')
    expect(to(await press(token, 'continue'))).toBe('/')
    expect(await emailOf(browser)).toBe(person.email)
    const attempt = await lastAttempt()
    expect(attempt).toMatchObject({ succeeded: true, email: person.email })
    expect(checkOf(attempt, 'request')).toMatchObject({
      passed: true,
      actual: 'no request: started by the identity provider',
    })
    expect(checkOf(attempt, 'confirmation')).toMatchObject({ passed: true })
  })

  test('asks each time, also whom it knows, by the address of their account', async () => {
    const person = somebody()
    await joinBySso(app, world.idp, connection, person)
    const page = await pageOf(await openTile({ ...person, email: 'changed@acme.example' }))
    expect(page).toContain(`as <strong>${person.email}</strong>`)
    expect(page).not.toContain('first sign-in')
  })

  test('names the other person whose session in this browser would end, and ends it only then', async () => {
    const first = somebody()
    await signIn(app, world.idp, connection, first, { browser })
    const second = somebody()
    const token = await openTile(second)
    expect(await pageOf(token)).toContain(`You are signed in here as <strong>${first.email}</strong>`)
    expect(await emailOf(browser)).toBe(first.email)
    const before = clientOf(browser)
    await press(token, 'continue')
    expect(await emailOf(browser)).toBe(second.email)
    expect(await before.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
  })

  test('shows what it was sent as text', async () => {
    const other = await connect(world.owner, world.organization.id, world.idp, {
      name: '<b>"Tile"</b>',
      allowIdpInitiated: true,
    })
    const answer = { ...unasked(somebody()), acsUrl: other.redirectUrl, audience: other.spEntityId }
    const page = to(await follow(browser, to(await post(browser, other, world.idp.response(answer)))))
    const html = await (await browser.get(page)).text()
    expect(html).toContain('&lt;b&gt;&quot;Tile&quot;&lt;/b&gt;')
    expect(html).not.toContain('<b>"Tile"')
  })

  test('lands on the first page, wherever RelayState points', async () => {
    const response = world.idp.response(unasked(somebody()))
    const path = new URL(connection.redirectUrl).pathname
    const fields: [string, string][] = [
      ['SAMLResponse', response],
      ['RelayState', 'https://evil.example/'],
    ]
    const ticket = to(await stepOf(await browser.postFromOtherSite(path, fields)))
    const token = tokenIn(to(await follow(browser, ticket)))
    expect(to(await press(token, 'continue'))).toBe('/')
  })

  test('never leads into an existing account by e-mail address: that takes a proof, in the same browser', async () => {
    const token = await openTile({ subject: `claims-${++number}`, email: 'owner@acme.example' })
    const location = to(await press(token, 'continue'))
    expect(location).toMatch(/^\/link-account\?token=/)
    expect(await isNobody(browser)).toBe(true)
    const link = 'mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { returnPath } }'
    const input = { token: new URL(location, app.origin).searchParams.get('token'), password: ownerPassword }
    expect(await app.nobody().codeOf(link, { input })).toBe('NOT_FOUND')
    expect(await clientOf(browser).run(link, { input })).toEqual({ linkSsoIdentity: { returnPath: '/' } })
  })

  test('lets nobody in whose membership is suspended', async () => {
    const person = somebody()
    const { membershipId } = await joinBySso(app, world.idp, connection, person)
    await world.owner.run(
      'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
      { input: { membershipId, suspended: true } },
    )
    expect(reasonOf(await press(await openTile(person), 'continue'))).toBe('MEMBER_SUSPENDED')
  })
})

describe('what answers a request', () => {
  test('is held to it all the same: a stolen assertion does not pass for one that nobody asked for', async () => {
    const started = await startSignIn(app, connection)
    const victim = answerTo(app, started, somebody())
    for (const [lies, reason] of [
      [{ inResponseTo: '_never-sent' }, 'REQUEST_UNKNOWN'],
      [{ inResponseTo: null, confirmationInResponseTo: started.requestId }, 'IN_RESPONSE_TO_MISMATCH'],
      [{ confirmationInResponseTo: null }, 'IN_RESPONSE_TO_MISMATCH'],
    ] as const) {
      const step = await post(browser, connection, world.idp.response({ ...victim, ...lies }))
      expect(reasonOf(step)).toBe(reason)
    }
    const posted = await post(browser, connection, world.idp.response(victim))
    expect(reasonOf(await follow(browser, to(posted)))).toBe('REQUEST_FROM_OTHER_BROWSER')
  })

  test('is seen in whichever confirmation of the subject names the request', async () => {
    const at = new Date(clock.now().getTime() + minutes(5)).toISOString()
    const confirmation = (more: string) =>
      `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData${more} NotOnOrAfter="${at}" Recipient="${connection.redirectUrl}"></saml:SubjectConfirmationData></saml:SubjectConfirmation>`
    const subjectConfirmation = confirmation('') + confirmation(' InResponseTo="_asked"')
    const step = await post(browser, connection, world.idp.response(unasked(somebody(), { subjectConfirmation })))
    expect(reasonOf(step)).toBe('IN_RESPONSE_TO_MISMATCH')
  })

  test('still needs no confirmation', async () => {
    expect(to((await signIn(app, world.idp, connection, somebody())).step)).toBe('/')
  })
})

describe('the assertion', () => {
  test('counts once: it is spent when the page that asks is first shown', async () => {
    const response = world.idp.response(unasked(somebody()))
    const [one, two] = [await post(browser, connection, response), await post(browser, connection, response)]
    const token = tokenIn(to(await follow(browser, to(one))))
    expect(reasonOf(await follow(browser, to(two)))).toBe('ASSERTION_REPLAYED')
    expect(to(await press(token, 'continue'))).toBe('/')
    const again = await post(browser, connection, response)
    expect(reasonOf(await follow(browser, to(again)))).toBe('ASSERTION_REPLAYED')
    expect(await lastAttempt()).toMatchObject({ failureReason: 'ASSERTION_REPLAYED' })
  })

  test('brought twenty times at the same moment, lets one in', async () => {
    const response = world.idp.response(unasked(somebody()))
    const tickets = await Promise.all(Array.from({ length: 20 }, () => post(browser, connection, response)))
    const pages = await Promise.all(tickets.map((ticket) => follow(new BrowserSession(app.origin), to(ticket))))
    expect(pages.filter((page) => 'location' in page)).toHaveLength(1)
  })
})

describe('the assertion counts once, although what has expired is deleted', () => {
  const endingSoon = (): string => {
    const end = new Date(clock.now().getTime() + minutes(1)).toISOString()
    return world.idp.response(unasked(somebody(), { notOnOrAfter: end, confirmationNotOnOrAfter: end }))
  }
  /** The last moment at which it is taken, as far as clocks may differ. */
  const untilItsEnd = minutes(1) + seconds(179)

  test('also when it is brought twice in its last second, and completed after that', async () => {
    const response = endingSoon()
    clock.advance(untilItsEnd)
    const tickets = [to(await post(browser, connection, response)), to(await post(browser, connection, response))]
    clock.advance(seconds(5))
    expect(to(await follow(browser, tickets[0] ?? ''))).toMatch(/^\/sso\/confirm/)
    await app.runJobs()
    expect(reasonOf(await follow(browser, tickets[1] ?? ''))).toBe('ASSERTION_REPLAYED')
  })

  test('also when the clock of the replica that deletes is ahead of the other’s', async () => {
    const ahead = createTestClock()
    ahead.advance(clock.now().getTime() - ahead.now().getTime())
    const replica = await startTestApp({ clock: ahead, database })
    const response = endingSoon()
    expect(to(await follow(browser, to(await post(browser, connection, response))))).toMatch(/^\/sso\/confirm/)
    ahead.advance(untilItsEnd + seconds(2))
    await replica.runJobs()
    clock.advance(untilItsEnd - minutes(2))
    expect(reasonOf(await follow(browser, to(await post(browser, connection, response))))).toBe('ASSERTION_REPLAYED')
    await replica.close()
  })
})

describe('the ticket', () => {
  test('leads to the page once, within a minute', async () => {
    const ticket = to(await post(browser, connection, world.idp.response(unasked(somebody()))))
    expect(to(await follow(browser, ticket))).toMatch(/^\/sso\/confirm/)
    expect(reasonOf(await follow(browser, ticket))).toBe('COMPLETION_EXPIRED')
    const late = to(await post(browser, connection, world.idp.response(unasked(somebody()))))
    clock.advance(seconds(60))
    expect(reasonOf(await follow(browser, late))).toBe('COMPLETION_EXPIRED')
  })

  test('is no answer to the page, and the page’s token is no ticket', async () => {
    const ticket = to(await post(browser, connection, world.idp.response(unasked(somebody()))))
    expect(reasonOf(await press(tokenIn(ticket), 'continue'))).toBe('COMPLETION_EXPIRED')
    const token = tokenIn(to(await follow(browser, ticket)))
    expect(reasonOf(await follow(browser, `/sso/complete?t=${token}`))).toBe('COMPLETION_EXPIRED')
    expect(to(await press(token, 'continue'))).toBe('/')
  })
})

describe('the page that asks', () => {
  test('may be loaded again, and is answered once, within five minutes', async () => {
    const token = await openTile(somebody())
    expect(await pageOf(token)).toContain('Continue to sign in?')
    expect(await pageOf(token)).toContain('Continue to sign in?')
    expect(to(await press(token, 'continue'))).toBe('/')
    expect(reasonOf(await press(token, 'continue'))).toBe('COMPLETION_EXPIRED')
    const late = await openTile(somebody())
    clock.advance(minutes(5))
    expect(await pageOf(late)).toContain('COMPLETION_EXPIRED')
    expect(reasonOf(await press(late, 'continue'))).toBe('COMPLETION_EXPIRED')
  })

  test('answered twenty times at the same moment, counts once', async () => {
    const token = await openTile(somebody())
    const steps = await Promise.all(Array.from({ length: 20 }, () => press(token, 'continue')))
    expect(steps.filter((step) => 'location' in step)).toHaveLength(1)
  })

  test('is good in the browser that it was shown in, and spent in any other', async () => {
    const token = await openTile(somebody())
    const thief = new BrowserSession(app.origin)
    expect(reasonOf(await press(token, 'continue', thief))).toBe('REQUEST_FROM_OTHER_BROWSER')
    expect(await isNobody(thief)).toBe(true)
    expect(await lastAttempt()).toMatchObject({ failureReason: 'REQUEST_FROM_OTHER_BROWSER' })
    expect(reasonOf(await press(token, 'continue'))).toBe('COMPLETION_EXPIRED')
    const another = await openTile(somebody())
    expect(await pageOf(another, thief)).toContain('REQUEST_FROM_OTHER_BROWSER')
  })

  test('is not answered from another site', async () => {
    const token = await openTile(somebody())
    const fields: [string, string][] = [
      ['t', token],
      ['choice', 'continue'],
    ]
    expect(reasonOf(await stepOf(await browser.postFromOtherSite('/sso/confirm', fields)))).toBe(
      'REQUEST_FROM_OTHER_BROWSER',
    )
    // Not even with the cookie, were a browser to send it.
    const forged = await fetch(`${app.origin}/sso/confirm`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: browser.cookieHeader(), 'sec-fetch-site': 'same-site' },
      body: new URLSearchParams(fields),
    })
    expect(reasonOf(await stepOf(forged))).toBe('REQUEST_FROM_OTHER_BROWSER')
    expect(to(await press(token, 'continue'))).toBe('/')
  })

  test('lies in nobody’s frame and in no cache', async () => {
    const { headers } = await browser.get(`/sso/confirm?t=${await openTile(somebody())}`)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('cancelled, changes nothing, is spent, and is told to the owner', async () => {
    const person = somebody()
    const token = await openTile(person)
    expect(to(await press(token, 'cancel'))).toBe('/')
    expect(await isNobody(browser)).toBe(true)
    expect(reasonOf(await press(token, 'continue'))).toBe('COMPLETION_EXPIRED')
    const attempt = await lastAttempt()
    expect(attempt).toMatchObject({ failureReason: 'SIGN_IN_CANCELLED', email: person.email })
    expect(checkOf(attempt, 'confirmation')).toMatchObject({ passed: false, actual: 'they cancelled' })
  })

  test('answered with anything but Continue is cancelled', async () => {
    await press(await openTile(somebody()), '')
    expect(await lastAttempt()).toMatchObject({ failureReason: 'SIGN_IN_CANCELLED' })
  })
})

describe('when the connection was changed while the person was asked', () => {
  test.each([
    [
      'it no longer takes such sign-ins',
      { allowIdpInitiated: false },
      { allowIdpInitiated: true },
      'IDP_INITIATED_NOT_ALLOWED',
    ],
    [
      'it reads the subject elsewhere',
      { attributeMapping: { subject: 'x' } },
      { attributeMapping: null },
      'COMPLETION_EXPIRED',
    ],
    ['it has another Entity ID', { spEntityId: 'other' }, { spEntityId: null }, 'COMPLETION_EXPIRED'],
  ])('so that %s, the sign-in is refused', async (_what, settings, back, reason) => {
    const token = await openTile(somebody())
    await change(settings)
    const step = await press(token, 'continue')
    await change(back)
    expect(reasonOf(step)).toBe(reason)
    expect(await isNobody(browser)).toBe(true)
  })
})
