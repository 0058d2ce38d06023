import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { completeSetup } from '../testkit/scenario.ts'

let app: TestApp
let owner: GraphqlClient
let browser: Browser
beforeAll(async () => {
  app = await startTestApp()
  ;({ owner } = await completeSetup(app))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

test.each(looks.filter(({ width }) => width === 1440))(
  'GraphiQL asks as whoever is signed in, from our own origin alone ($scheme)',
  {
    timeout: 60_000,
  },
  async (look) => {
    const person = await Person.open(browser, app.origin, look)
    await person.adopt(owner.cookieHeader, app.origin)
    const { page } = person
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(app.origin) && !request.url().startsWith('data:')) elsewhere.push(request.url())
    })
    const response = await page.goto('/graphiql')
    expect(response?.headers()['content-security-policy']).toContain("script-src 'self'")
    // The schema has arrived, by introspection.
    await page.waitForLoadState('networkidle')
    await page.locator('.graphiql-query-editor').getByText('memberships').waitFor()
    await page.getByRole('button', { name: /Execute query/ }).click()
    await expect
      .poll(() => page.locator('.result-window').textContent(), { timeout: 10_000 })
      .toContain('owner@acme.example')
    await page.getByRole('button', { name: /Show Documentation Explorer/ }).click()
    // With its descriptions.
    await page.getByRole('link', { name: 'Query' }).click()
    await page.getByText('Null when there is none or the actor is not in it.').waitFor()
    await page.screenshot({ path: fileURLToPath(new URL(`../artifacts/graphiql-${look.scheme}.png`, import.meta.url)) })
    expect(elsewhere).toEqual([])
    // A violation of the policy would be an error in the console, and fail here.
    await person.close()
  },
)
