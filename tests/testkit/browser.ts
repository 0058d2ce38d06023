import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { findChromium } from './chromium.ts'

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const artifacts = fileURLToPath(new URL('../artifacts', import.meta.url))

export type Look = { scheme: 'light' | 'dark'; width: 390 | 1440 }
export const looks: readonly Look[] = [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 1440 },
  { scheme: 'light', width: 390 },
  { scheme: 'dark', width: 390 },
]

/** A person's browser: nothing of another person's is in it. Whatever goes wrong in a page fails the test at its end. */
export class Person {
  readonly problems: string[] = []

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(browser: Browser, origin: string, look: Look = { scheme: 'light', width: 1440 }): Promise<Person> {
    const context = await browser.newContext({
      baseURL: origin,
      colorScheme: look.scheme,
      reducedMotion: 'reduce',
      viewport: { width: look.width, height: look.width === 390 ? 844 : 900 },
    })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const person = new Person(context, page)
    page.on('pageerror', (error) => person.problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (401|403|404|413|429)/.test(message.text())) {
        person.problems.push(message.text())
      }
    })
    return person
  }

  /** Looks at the page as it is: nothing that axe objects to, nothing wider than the screen; and a picture of it. */
  async look(name: string, { scheme, width }: Look = { scheme: 'light', width: 1440 }): Promise<void> {
    const { page } = this
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    // What fades in is looked at when it is there. What turns for ever is never done.
    await page.evaluate(async () => {
      const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)))
    })
    await mkdir(artifacts, { recursive: true })
    await page.screenshot({ path: `${artifacts}/${name}-${scheme}-${width}.png`, fullPage: true })
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const run = (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
      ).axe
      return (await run.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      )
    })
    expect(found, `axe on ${name}`).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0)
  }

  /** Takes over the session of somebody who signed in without a browser. */
  async adopt(cookieHeader: string, origin: string): Promise<void> {
    const pairs = cookieHeader
      .split('; ')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
    await this.context.addCookies(pairs.map(([name = '', value = '']) => ({ name, value, url: origin })))
  }

  async close(): Promise<void> {
    await this.context.close()
    expect(this.problems).toEqual([])
  }
}
