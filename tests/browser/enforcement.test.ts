import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { enforce, makeRecoveryCodes } from '../testkit/enforcement.ts'
import { changeRole, createWorld, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let browser: Browser
let world: World
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  await changeRole(world.owner, world.admin.membershipId, 'owner')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const settings = '/organizations/acme/settings'

describe('requiring single sign-on', () => {
  let person: Person
  let codes: string[]
  beforeAll(async () => {
    person = await Person.open(browser, app.origin)
    await person.adopt(world.owner.cookieHeader, app.origin)
    await person.page.goto(settings)
  })
  afterAll(() => person.close())

  test('makes recovery codes first, then says who loses access, then begins on trial', async () => {
    const { page } = person
    await page.getByText('Before it is required you make recovery codes').waitFor()
    await person.look('enforcement-off')
    await page.getByRole('button', { name: 'Require single sign-on' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Make recovery codes' }).click()
    const rows = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    await rows.first().waitFor()
    codes = await rows.allTextContents()
    expect(codes).toHaveLength(10)
    await person.look('enforcement-codes')
    // They are never shown again: nothing but the confirmation leads on.
    await page.keyboard.press('Escape')
    expect(await dialog.isVisible()).toBe(true)
    expect(await dialog.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
    await dialog.getByLabel('I have stored them').check()
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await dialog.getByText('1 of 3 members cannot come in').waitFor()
    await dialog.getByText('owner@acme.example').waitFor()
    await dialog.getByText('2 access tokens stop working').waitFor()
    await person.look('enforcement-preview')
    await dialog.getByRole('button', { name: 'Require single sign-on' }).click()
    await page.getByText('Required for another').waitFor()
    await page.getByRole('link', { name: 'Sign in through SAML 2.0' }).waitFor()
    await person.look('enforcement-trial')
  })

  test('an owner’s sign-in confirms it', async () => {
    const adam = await signIn(app, world.idp, world.connection, world.admin)
    const other = await Person.open(browser, app.origin)
    await other.adopt(adam.client.cookieHeader, app.origin)
    await other.page.goto(settings)
    await other.page.getByText('Confirmed by an owner’s sign-in').waitFor()
    await other.look('enforcement-on')
    await other.close()
    // The session that switched it on is shut out now.
    await person.page.goto(settings)
    await person.page.getByRole('heading', { name: 'Acme requires single sign-on' }).waitFor()
  })

  test('a recovery code opens the settings, where it can be switched off', async () => {
    const owner = await Person.open(browser, app.origin)
    const { page } = owner
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill('ABCDE-ABCDE-ABCDE-ABCDE')
    await page.getByRole('button', { name: 'Use the code' }).click()
    await page.getByText('This is no recovery code that can be used.').waitFor()
    await owner.look('recovery-refused')
    await page.getByLabel('Recovery code').fill(codes[0]?.toLowerCase() ?? '')
    await page.keyboard.press('Enter')
    await page.getByText('You came in by a recovery code').waitFor()
    await page.getByRole('button', { name: 'Stop requiring it' }).waitFor()
    expect(await page.getByRole('link', { name: 'Members' }).count()).toBe(0)
    await owner.look('recovery-settings')
    await page.getByRole('button', { name: 'Stop requiring it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop requiring it' }).click()
    await page.getByText('Not required', { exact: true }).waitFor()
    await owner.close()
  })
})

describe.each(looks)('in $scheme at $width', (look) => {
  test('the trial, the dialog and the recovery page', async () => {
    const owner = (await signIn(app, world.idp, world.connection, world.admin)).client
    const codes = await makeRecoveryCodes(owner, world.organization.id)
    const person = await Person.open(browser, app.origin, look)
    const { page } = person
    await page.goto('/recovery')
    await page.getByLabel('Recovery code').waitFor()
    await person.look('recovery', look)
    await person.adopt(owner.cookieHeader, app.origin)
    await page.goto(settings)
    await page.getByRole('button', { name: 'Require single sign-on' }).click()
    await page.getByRole('button', { name: 'Make recovery codes' }).click()
    await page.getByRole('list', { name: 'Recovery codes' }).waitFor()
    await person.look('enforcement-dialog', look)
    await page.getByLabel('I have stored them').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('cannot come in until').waitFor()
    await person.look('enforcement-who', look)
    await page.keyboard.press('Escape')
    await enforce(owner, world.organization.id)
    await page.goto(settings)
    await page.getByText('Required for another').waitFor()
    await person.look('enforcement-settings', look)
    await enforce(owner, world.organization.id, false)
    expect(codes).toHaveLength(10)
    await person.close()
  })
})
