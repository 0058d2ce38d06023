import { get } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, Person } from '../testkit/browser.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

/**
 * What pages may weigh: kB of scripts and style sheets, as gzip sends them. Of a first page 260 is aimed at; what stands
 * here keeps it from growing.
 */
const budgets = { signIn: 200, firstRoute: 310, laterRoute: 40 }

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

/** The bytes that an address sends to who takes gzip. */
const weigh = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve(bytes))
    }).once('error', reject)
  })

/** A browser that notes which scripts and style sheets it loads. */
async function open(signedIn: boolean): Promise<{ person: Person; kilobytes: () => Promise<number> }> {
  const person = await Person.open(browser, app.origin)
  if (signedIn) await person.adopt(world.owner.cookieHeader, app.origin)
  const urls = new Set<string>()
  person.page.on('request', (request) => {
    if (request.resourceType() === 'script' || request.resourceType() === 'stylesheet') urls.add(request.url())
  })
  /** Of those since it was asked last. */
  const kilobytes = async () => {
    await person.page.waitForLoadState('networkidle')
    const sizes = await Promise.all([...urls].map(weigh))
    urls.clear()
    return sizes.reduce((sum, size) => sum + size, 0) / 1000
  }
  return { person, kilobytes }
}

describe('scripts and style sheets weigh no more than their budgets', () => {
  test('on the sign-in page', async () => {
    const { person, kilobytes } = await open(false)
    await person.page.goto('/sign-in')
    await person.page.getByLabel('E-mail address').waitFor()
    expect(await kilobytes()).toBeLessThan(budgets.signIn)
    await person.close()
  })

  test.each(['members', 'roles', 'invitations', 'settings', 'access-tokens', 'audit-log'])(
    'on %s as the first page',
    { timeout: 60_000 },
    async (name) => {
      const { person, kilobytes } = await open(true)
      await person.page.goto(`/organizations/acme/${name}`)
      await person.page.getByRole('heading', { level: 1 }).waitFor()
      expect(await kilobytes()).toBeLessThan(budgets.firstRoute)
      await person.close()
    },
  )

  test('on every page that one goes on to', { timeout: 60_000 }, async () => {
    const { person, kilobytes } = await open(true)
    const { page } = person
    await page.goto('/organizations/acme/members')
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor()
    await kilobytes()
    for (const name of ['Roles', 'Settings', 'Access tokens', 'Audit log']) {
      await page.getByRole('link', { name, exact: true }).first().click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      expect(await kilobytes()).toBeLessThan(budgets.laterRoute)
    }
    await page.goto(`/organizations/acme/settings`)
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await kilobytes()
    await page
      .getByRole('link', { name: world.connection.id })
      .or(page.getByRole('link', { name: 'SAML 2.0' }))
      .first()
      .click()
    await page.getByRole('heading', { name: 'Sign-in attempts' }).waitFor()
    expect(await kilobytes()).toBeLessThan(budgets.laterRoute)
    await person.close()
  })
})
