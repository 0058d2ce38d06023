import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { completeSetup, ownerPassword } from '../testkit/scenario.ts'

let app: TestApp
let browser: Browser
beforeAll(async () => {
  app = await startTestApp()
  await completeSetup(app)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

type Body = { query?: string; extensions?: { persistedQuery?: { sha256Hash: string } } }

test.each([
  ['of the same build sends hashes alone', false],
  ['of another build than the server, as in the middle of an upgrade, sends texts instead', true],
])('a page %s', { timeout: 60_000 }, async (_, otherBuild) => {
  const person = await Person.open(browser, app.origin, looks[0])
  const { page } = person
  const sent: Body[] = []
  await page.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as Body
    sent.push(body)
    const hash = body.extensions?.persistedQuery?.sha256Hash
    if (!otherBuild || hash === undefined) return route.continue()
    const unknown = { ...body, extensions: { persistedQuery: { version: 1, sha256Hash: hash.replace(/./g, '0') } } }
    return route.continue({ postData: JSON.stringify(unknown) })
  })
  await page.goto('/')
  await page.getByLabel('E-mail address').fill('owner@acme.example')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password', { exact: true }).fill(ownerPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Members', exact: true }).waitFor()
  await page.getByText('owner@acme.example').first().waitFor()
  expect(sent.length).toBeGreaterThan(3)
  expect(sent.some(({ query }) => query !== undefined)).toBe(otherBuild)
  expect(sent.filter(({ extensions }) => extensions?.persistedQuery !== undefined).length).toBeGreaterThan(2)
  await person.close()
})
