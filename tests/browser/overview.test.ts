import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { answerTo, connect, createWorld, post, startSignIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let browser: Browser
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  browser = await launchBrowser()
  await connect(world.owner, world.organization.id, await IdentityProvider.create(), { name: 'Another one' })
  for (let time = 0; time < 4; time++) {
    const started = await startSignIn(app, world.connection)
    const person = { subject: 'eve', email: 'eve@acme.example', name: 'Eve' }
    const lies = { audience: 'https://somebody.else' }
    await post(started.browser, world.connection, world.idp.response(answerTo(app, started, person, lies)))
  }
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

test.each(looks)(
  'an owner sees how single sign-on fares, and what to do next ($scheme, $width)',
  { timeout: 60_000 },
  async (look) => {
    const person = await Person.open(browser, app.origin, look)
    await person.adopt(world.owner.cookieHeader, app.origin)
    const { page } = person
    await page.goto('/organizations/acme/overview')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    const next = page.getByRole('region', { name: 'What to do next' }).getByRole('listitem')
    await expect
      .poll(() => next.allTextContents())
      .toEqual([
        expect.stringContaining('4 sign-ins through'),
        expect.stringContaining('Another one has not been tested'),
        expect.stringContaining('No mail domain is proved'),
        expect.stringContaining('1 member has never signed in'),
        expect.stringContaining('may still come in with a password'),
      ])
    await page.getByText('2 succeeded, 4 refused').waitFor()
    await page
      .getByText(/days left/)
      .first()
      .waitFor()
    await page
      .getByRole('button', { name: /Details of the attempt of eve/ })
      .first()
      .click()
    await page.getByText('Not reached').first().waitFor()
    await page
      .getByRole('button', { name: /Details of the attempt of eve/ })
      .first()
      .click()
    await person.look('overview', look)

    await page.getByRole('link', { name: 'See who' }).click()
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor()
    expect(await page.getByLabel('Show members by their use of single sign-on').inputValue()).toBe('never')
    await page.getByText('1 member found').waitFor()
    await person.look('members-without-sso', look)
    await person.close()
  },
)

test('whoever is not of the organization sees nothing of it', async () => {
  const person = await Person.open(browser, app.origin)
  await person.adopt(world.outsider.cookieHeader, app.origin)
  const { page } = person
  await page.goto('/organizations/acme/overview')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByText('Recent sign-ins').count()).toBe(0)
  await person.close()
})
