import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hours, plus } from '../../server/src/core/clock.ts'
import { sessions } from '../../server/src/db/schema/sessions.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { type Look, launchBrowser, looks, Person } from '../testkit/browser.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { createWorld, ownerPassword, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let browser: Browser
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const whoAmI = '{ viewer { user { id } } }'
const isOpen = async (client: GraphqlClient): Promise<boolean> => (await client.codeOf(whoAmI)) !== 'UNAUTHENTICATED'

async function byPassword(): Promise<GraphqlClient> {
  const client = app.nobody()
  await client.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email: 'owner@acme.example', password: ownerPassword },
  })
  return client
}
const bySso = async (): Promise<GraphqlClient> => (await signIn(app, world.idp, world.connection, world.member)).client

async function open(client: GraphqlClient, path: string, look?: Look): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  await person.adopt(client.cookieHeader, app.origin)
  await person.page.goto(path)
  return person
}
/** As if the session had not been used for two hours. */
async function leaveAlone(client: GraphqlClient): Promise<void> {
  const { viewer } = await client.run<{ viewer: { sessions: { id: string; current: boolean }[] } }>(
    '{ viewer { sessions { id current } } }',
  )
  const id = viewer.sessions.find(({ current }) => current)?.id ?? ''
  await app.db.execute(`update sessions set last_seen_at = last_seen_at - interval '2 hours' where id = '${id}'`)
}
/** As if they had been made somewhere else, each in a browser of its own. */
async function scatter(): Promise<void> {
  const agents = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  ]
  const rows = await app.db.select({ id: sessions.id }).from(sessions).orderBy(sessions.id)
  for (const [n, { id }] of rows.entries()) {
    await app.db.execute(`update sessions set user_agent = '${agents[n % 3]}', ip_address = '198.51.100.${n + 7}',
      created_at = created_at - interval '${n} hours' where id = '${id}'`)
  }
}
const endAllOthers = (client: GraphqlClient) => client.run('mutation { endOtherSessions { endedSessionIds } }')
const idle = (page: Page) => page.getByLabel('Without use')
const lifetime = (page: Page) => page.getByLabel('Since the sign-in')
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

describe.each(looks)('sessions, $scheme, $width wide', (look) => {
  test('are seen and ended by their person', async () => {
    const [here, elsewhere, third] = [await byPassword(), await byPassword(), await byPassword()]
    await scatter()
    const person = await open(here, '/organizations/acme/members', look)
    const { page } = person
    if (look.width === 390) await page.getByRole('button', { name: 'Open the navigation' }).click()
    await page.getByRole('button', { name: /Signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Your sessions' }).click()
    await page.getByText('This browser').waitFor()
    await person.look('your-sessions', look)
    await page
      .getByRole('button', { name: /^End the session in/ })
      .first()
      .click()
    await page.getByRole('dialog', { name: /^End the session in/ }).waitFor()
    await person.look('end-session', look)
    await page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect([await isOpen(elsewhere), await isOpen(third)]).toContain(false)
    await page.getByRole('button', { name: 'End all others' }).click()
    await page.getByRole('dialog').waitFor()
    await person.look('end-other-sessions', look)
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
    await page.locator('#page').getByRole('button', { name: 'End all others' }).waitFor({ state: 'hidden' })
    expect([await isOpen(elsewhere), await isOpen(third)]).toEqual([false, false])
    expect(await page.getByText('This browser').count()).toBe(1)
    await person.close()
  })

  test('through single sign-on are told to be those of one organization', async () => {
    const person = await open(await bySso(), '/organizations/acme/your-sessions', look)
    await person.page.getByText('which vouches for you in').waitFor()
    await person.look('your-sessions-single-sign-on', look)
    await person.close()
  })

  test('last as long as an owner says; where some would end, it says how many', async () => {
    const owner = await byPassword()
    const person = await open(owner, '/organizations/acme/settings', look)
    const { page } = person
    // Nobody is concerned: nothing is asked.
    await lifetime(page).selectOption({ label: '1 day' })
    await save(page)
    await page.getByText('Saved how long sessions last').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    // Makes no sense: the field says why.
    await idle(page).selectOption({ label: '7 days' })
    await save(page)
    await page.getByText('cannot be longer than the time since the sign-in').waitFor()
    await idle(page).scrollIntoViewIfNeeded()
    await person.look('session-policy-refused', look)
    await page.getByRole('button', { name: 'Undo' }).click()
    // Somebody is concerned.
    const away = await bySso()
    await leaveAlone(away)
    await idle(page).selectOption({ label: '1 hour' })
    await save(page)
    await page.getByRole('dialog', { name: 'End one session?' }).waitFor()
    await person.look('session-policy', look)
    await page.getByRole('button', { name: 'Save and end it' }).click()
    await page.getByText('Saved, and one session ended').waitFor()
    expect(await isOpen(away)).toBe(false)
    await page.reload()
    expect(await idle(page).inputValue()).toBe('60')
    for (const field of [idle, lifetime]) await field(page).selectOption('')
    await save(page)
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'hidden' })
    await person.close()
  })
})

test('whoever ends their own session by a stricter time signs in again, and comes back', async () => {
  const owner = await byPassword()
  await endAllOthers(owner)
  const person = await open(owner, '/organizations/acme/settings')
  const { page } = person
  await idle(page).selectOption({ label: '1 hour' })
  await app.db.update(sessions).set({ createdAt: plus(new Date(), -hours(30)) })
  await lifetime(page).selectOption({ label: '1 day' })
  await save(page)
  await page.getByText('Yours is one of them.').waitFor()
  await page.getByRole('button', { name: /Save and end/ }).click()
  await page.waitForURL(/\/sign-in\?returnTo=%2Forganizations%2Facme%2Fsettings/)
  await person.close()
  const by = await byPassword()
  await by.run('mutation($input: SetSessionPolicyInput!) { setSessionPolicy(input: $input) { endedSessions } }', {
    input: { organizationId: world.organization.id },
  })
})

test('an admin sees how long sessions last, and changes nothing', async () => {
  const { client } = await signIn(app, world.idp, world.connection, world.admin)
  const person = await open(client, '/organizations/acme/settings')
  await person.page.getByText('Since the sign-in').waitFor()
  expect(await person.page.getByRole('definition').allInnerTexts()).toEqual(['1 day', '7 days'])
  expect(await person.page.getByRole('combobox').count()).toBe(0)
  await person.look('session-policy-admin')
  await person.close()
})

test('while the list loads, and when it cannot be read', async () => {
  const person = await open(await byPassword(), '/organizations/acme/members')
  const { page } = person
  let answer = () => {}
  const waiting = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('YourSessionsPage')) return route.continue()
    await waiting
    const errors = [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }]
    return route.fulfill({ json: { data: null, errors } })
  })
  await page.getByRole('button', { name: /Signed in as/ }).click()
  await page.getByRole('menuitem', { name: 'Your sessions' }).click()
  await page.getByText('Loading your sessions').waitFor({ state: 'attached' })
  answer()
  await page.getByText('Something went wrong on our side.').waitFor()
  await person.look('your-sessions-problem')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('This browser').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in/)
  await person.close()
})

test('a member’s sessions are ended from the list of members', async () => {
  const member = await bySso()
  const person = await open(await byPassword(), '/organizations/acme/members')
  const { page } = person
  await page.getByRole('button', { name: 'Actions for Mary Member' }).click()
  await page.getByRole('menuitem', { name: 'End sessions' }).click()
  await page.getByRole('dialog', { name: 'End the sessions of Mary Member?' }).waitFor()
  await person.look('end-member-sessions')
  await page.getByRole('button', { name: 'End sessions' }).click()
  await page.getByText('Mary Member was signed out').waitFor()
  expect(await isOpen(member)).toBe(false)
  await person.close()
})
