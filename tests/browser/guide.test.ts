import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

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

async function openSettings(look: (typeof looks)[number]): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  await person.adopt(world.owner.cookieHeader, app.origin)
  await person.page.goto('/organizations/acme/settings')
  return person
}

test.each(looks)('Entra step by step, and going on another day ($scheme, $width)', async (look) => {
  const person = await openSettings(look)
  const { page } = person
  await page.getByRole('button', { name: 'Configure', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /SAML 2.0/ }).click()
  const redirectUrl = await dialog.getByLabel('Redirect URL', { exact: true }).inputValue()
  await dialog.getByLabel('Your identity provider').selectOption('Microsoft Entra')
  const steps = dialog.getByRole('list', { name: 'Steps in Microsoft Entra' })
  await dialog.getByText('0 of 7 steps done').waitFor()
  await person.look('guide-first-step', look)

  // One step after the other, each value at the step that needs it.
  await steps.getByRole('button', { name: 'Done, next step' }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('2. Choose SAML')
  await steps.getByRole('button', { name: 'Done, next step' }).click()
  await dialog.getByText('2 of 7 steps done').waitFor()
  await expect
    .poll(() => steps.getByLabel('Reply URL (Assertion Consumer Service URL)', { exact: true }).inputValue())
    .toBe(redirectUrl)
  await dialog.getByLabel('Entity ID', { exact: true }).fill('acme')
  expect(await steps.getByLabel('Identifier (Entity ID)', { exact: true }).inputValue()).toBe('acme')
  await person.look('guide-addresses', look)

  // The script, with the same values.
  await dialog.getByRole('button', { name: 'Do it with a script instead' }).click()
  await dialog.getByText('Azure CLI').click()
  const script = dialog.getByRole('region', { name: 'Azure CLI script' })
  expect(await script.textContent()).toContain(redirectUrl)
  await person.look('guide-script', look)
  await dialog.getByRole('button', { name: 'Do it with a script instead' }).click()
  await dialog.getByRole('button', { name: 'Usual mistakes' }).click()
  await dialog.getByText('AADSTS50105').waitFor()

  // Another day, at the same place: the draft is kept.
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: /Keep/ }).click()
  await page.reload()
  await page.getByRole('button', { name: 'Edit', exact: true }).last().click()
  await dialog.getByText('2 of 7 steps done').waitFor()
  expect(await steps.getByRole('checkbox', { name: /Step 2 is done/ }).isChecked()).toBe(true)
  await steps.getByText('Basic SAML Configuration', { exact: true }).first().waitFor()
  await person.close()
})

test.each(looks)('Okta Workforce begins with its guide, and keeps it ($scheme, $width)', async (look) => {
  const person = await openSettings(look)
  const { page } = person
  await page.getByRole('button', { name: 'Configure', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /Okta Workforce/ }).click()
  const steps = dialog.getByRole('list', { name: 'Steps in Okta Workforce' })
  await steps.getByRole('button', { name: 'Done, next step' }).click()
  expect(await steps.getByLabel('Sign-in redirect URIs', { exact: true }).inputValue()).toMatch(/^http/)
  await person.look('guide-okta', look)
  // Whoever needs no guide sees the addresses alone.
  await dialog.getByLabel('Your identity provider').selectOption('Without a guide')
  await dialog.getByLabel('Redirect URL', { exact: true }).waitFor()
  await person.close()
})
