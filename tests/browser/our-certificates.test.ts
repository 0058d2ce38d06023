import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { completeSetup, connect, type SamlConnection } from '../testkit/scenario.ts'
import { spCertificates } from '../testkit/sp-keys.ts'

let app: TestApp
let browser: Browser
let owner: GraphqlClient
let connection: SamlConnection
beforeAll(async () => {
  app = await startTestApp()
  const world = await completeSetup(app)
  owner = world.owner
  connection = await connect(owner, world.organization.id, await IdentityProvider.create())
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const path = () => `/organizations/acme/settings/sso/${connection.id}`

describe('an owner', () => {
  let person: Person
  beforeAll(async () => {
    person = await Person.open(browser, app.origin)
    await person.adopt(owner.cookieHeader, app.origin)
    await person.page.goto(path())
  })
  afterAll(() => person.close())

  test('has the requests signed, and finds the certificate to carry to the identity provider', async () => {
    const { page } = person
    await page.getByText('None yet, and most connections need none.').waitFor()
    await page.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('Sign our requests').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Sign-in and encryption' }).click()
    await dialog.getByLabel('Sign our requests').check({ force: true })
    await dialog.getByLabel('Ask for authentication at every sign-in').check({ force: true })
    await person.look('saml-form-advanced')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('heading', { name: /^Saved/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Signs our requests.').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download: Signing' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^gatehouse-signing-[0-9a-f]{8}\.cer$/)
    const downloaded = new X509Certificate(readFileSync(await file.path()))
    const [certificate] = await spCertificates(owner, connection.id)
    expect(downloaded.fingerprint256).toBe(certificate?.fingerprintSha256)
    await page.getByRole('button', { name: 'Copy: Signing' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(certificate?.pem)
  })

  test('is told which field is wrong, and finds the section open', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    const field = dialog.getByLabel('Authentication context')
    await field.fill('no uri')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('The authentication context must be a URI').waitFor()
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await field.fill('')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('heading', { name: /^Saved/ }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('lets a new certificate take over, and deletes the former one', async () => {
    const { page } = person
    const confirm = (label: string) => page.getByRole('dialog').getByRole('button', { name: label }).click()
    await page.getByRole('button', { name: 'Rotate signing certificate' }).click()
    await confirm('Make it')
    await page.getByText('Signing, next').waitFor()
    await page.getByRole('button', { name: 'Make an encryption certificate' }).click()
    await confirm('Make it')
    await page.getByText('The identity provider may encrypt what it sends with it.').waitFor()
    await page.getByRole('button', { name: 'Rotate encryption certificate' }).click()
    await confirm('Make it')
    await page.getByText('Encryption, replaced').waitFor()
    await page.getByRole('button', { name: 'Rotate encryption certificate' }).click()
    await confirm('Make it')
    await page.getByRole('dialog').getByText('Finish that first').waitFor()
    await confirm('Cancel')
    // The one that is encrypted for has no button to delete it.
    expect(await page.getByRole('button', { name: /^Delete: / }).allTextContents()).toHaveLength(3)
    await page.getByRole('button', { name: 'Delete: Encryption, replaced' }).click()
    await confirm('Delete the certificate')
    await page.getByRole('button', { name: 'Delete: Signing', exact: true }).click()
    await confirm('Delete the certificate')
    await page.getByText('Signing, next').waitFor({ state: 'detached' })
    const left = await spCertificates(owner, connection.id)
    expect(left.map(({ use, state }) => `${use} ${state}`)).toEqual(['SIGNING CURRENT', 'ENCRYPTION CURRENT'])
  })
})

test.each(looks)('the certificates can be read in $scheme at $width', async (look) => {
  const person = await Person.open(browser, app.origin, look)
  await person.adopt(owner.cookieHeader, app.origin)
  await person.page.goto(path())
  await person.page.getByRole('heading', { name: 'Our certificates' }).waitFor()
  await person.page.getByText('Signs our requests.').waitFor()
  await person.look('our-certificates', look)
  await person.close()
})
