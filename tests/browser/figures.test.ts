import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, Person } from '../testkit/browser.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

/**
 * What the first load of a page may take on a slow telephone: 4G as Lighthouse slows it, a processor four times slower. The
 * shift of what is on the screen is a share of it (Web Vitals, CLS), and the same on every machine; times are three times
 * what they are on a quiet one.
 */
const budgets = { shift: 0.02, signIn: 6000, console: 12_000 }

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

async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

/** Milliseconds since the navigation until the largest thing was painted, and how much shifted on the way. */
const measure = (page: Page): Promise<{ largest: number; shift: number }> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let largest = 0
        let shift = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) largest = entry.startTime
        }).observe({ type: 'largest-contentful-paint', buffered: true })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve({ largest, shift }), 500)
      }),
  )

describe('the first load on a slow telephone', () => {
  test.each([
    { path: '/sign-in', heading: 'Sign in', signedIn: false, most: budgets.signIn },
    { path: '/organizations/acme/members', heading: 'Members', signedIn: true, most: budgets.console },
    { path: '/organizations/acme/settings', heading: 'Settings', signedIn: true, most: budgets.console },
    { path: '/organizations/acme/overview', heading: 'Overview', signedIn: true, most: budgets.console },
  ])('of $path is ready in time, and nothing moves', { timeout: 60_000 }, async ({ path, heading, signedIn, most }) => {
    const person = await Person.open(browser, app.origin, { scheme: 'light', width: 390 })
    if (signedIn) await person.adopt(world.owner.cookieHeader, app.origin)
    person.page.setDefaultTimeout(30_000)
    await slowDown(person.page)
    await person.page.goto(path)
    await person.page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await person.page.waitForLoadState('networkidle')
    const { largest, shift } = await measure(person.page)
    process.stdout.write(`${path}: largest paint ${Math.round(largest)} ms, shift ${shift.toFixed(4)}\n`)
    expect(shift).toBeLessThan(budgets.shift)
    expect(largest).toBeLessThan(most)
    await person.close()
  })
})
