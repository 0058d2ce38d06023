import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { type Look, launchBrowser, looks, Person } from '../testkit/browser.ts'
import { answerTo, createWorld, startSignIn, type World } from '../testkit/scenario.ts'

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

const lie = async (): Promise<string> => {
  const started = await startSignIn(app, world.connection)
  return world.idp.response(answerTo(app, started, world.member, { audiences: [['https://somebody.else']] }))
}

async function open(look?: Look): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  await person.adopt(world.owner.cookieHeader, app.origin)
  await person.page.goto(`/organizations/acme/settings/sso/${world.connection.id}`)
  return person
}

describe('the box for whatever somebody has in hand', () => {
  test('explains an error of Entra, then a response, then says that a key is a secret', async () => {
    const person = await open()
    const { page } = person
    const box = page.getByLabel('What do you have in hand?')
    const ask = page.getByRole('button', { name: 'Say what it is' })
    await box.fill('AADSTS50105: Your administrator has configured the application')
    await ask.click()
    await page.getByText('Microsoft Entra refused: AADSTS50105').waitFor()
    await page.getByText('The member is not assigned to the application').waitFor()
    await box.fill(await lie())
    expect(await page.getByText('Microsoft Entra refused').count()).toBe(0)
    await ask.click()
    const failed = page.getByRole('alert').getByRole('list', { name: 'Failed checks' })
    expect(await failed.textContent()).toContain('https://somebody.else')
    await page.getByRole('table').getByText('Failed').waitFor()
    await box.fill('-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----')
    await ask.click()
    await page.getByText('It belongs to its owner alone').waitFor()
    await box.fill('It does not work')
    await ask.click()
    await page.getByText('This is not known here').waitFor()
    await person.close()
  })

  test('is there in the dialog’s last step', async () => {
    const person = await open()
    const dialog = person.page.getByRole('dialog')
    await person.page.getByRole('button', { name: 'Edit' }).click()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByRole('button', { name: 'Something does not work?' }).click()
    await dialog.getByLabel('What do you have in hand?').fill(world.idp.certificate)
    await dialog.getByRole('button', { name: 'Say what it is' }).click()
    await dialog.getByText('The connection trusts it already').waitFor()
    await person.look('diagnose-dialog')
    await person.close()
  })

  test('is not offered to those who may only look', async () => {
    const person = await Person.open(browser, app.origin)
    await person.adopt(world.admin.client.cookieHeader, app.origin)
    await person.page.goto(`/organizations/acme/settings/sso/${world.connection.id}`)
    await person.page.getByRole('heading', { name: 'Sign-in attempts' }).waitFor()
    expect(await person.page.getByLabel('What do you have in hand?').count()).toBe(0)
    expect(await person.page.getByRole('button', { name: 'Test sign-in' }).count()).toBe(0)
    await person.close()
  })

  test.each(looks)('looks as it should, $scheme, $width wide', async (look) => {
    const person = await open(look)
    await person.page.getByLabel('What do you have in hand?').fill(await lie())
    await person.page.getByRole('button', { name: 'Say what it is' }).click()
    await person.page.getByRole('list', { name: 'Failed checks' }).first().waitFor()
    await person.look('diagnose', look)
    await person.close()
  })
})
