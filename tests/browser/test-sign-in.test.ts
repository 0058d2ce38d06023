import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, Person } from '../testkit/browser.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type IdentityProviderSite, startIdentityProviderSite } from '../testkit/identity-provider-site.ts'
import { answerBySamlp } from '../testkit/samlp.ts'
import { completeSetup, connect, type SamlConnection } from '../testkit/scenario.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const somebodyElse = 'https://somebody.else'

type Provider = { idp: IdentityProvider; site: IdentityProviderSite }

const providers: Record<string, () => Promise<Provider>> = {
  'the fake identity provider': async () => {
    const idp = await IdentityProvider.create()
    const site = await startIdentityProviderSite(({ id, issuer, acsUrl }, user) =>
      idp.response({
        acsUrl,
        audience: user === 'liar' ? somebodyElse : issuer,
        now: new Date(),
        inResponseTo: id,
        person: { subject: user, email: `${user}@acme.example` },
      }),
    )
    return { idp, site }
  },
  'samlp, which others wrote': async () => {
    const idp = await IdentityProvider.create({ entityId: 'urn:samlp:test' })
    idp.signer = await createSigningKey({ name: 'samlp' })
    const site = await startIdentityProviderSite((request, user) =>
      answerBySamlp(
        { issuer: idp.entityId, signer: idp.signer },
        user === 'liar' ? { ...request, issuer: somebodyElse } : request,
        user,
      ),
    )
    return { idp, site }
  },
}

describe.each(Object.entries(providers))('a test sign-in across sites with %s', (_name, start) => {
  let app: TestApp
  let provider: Provider
  let owner: Person
  let connection: SamlConnection
  beforeAll(async () => {
    app = await startTestApp()
    provider = await start()
    const { organization, owner: client } = await completeSetup(app)
    connection = await connect(client, organization.id, provider.idp, { idpSsoUrl: provider.site.ssoUrl })
    owner = await Person.open(browser, app.origin)
    await owner.adopt(client.cookieHeader, app.origin)
  })
  afterAll(async () => {
    await owner.close()
    await provider.site.close()
    await app.close()
  })

  const sessionOf = async (): Promise<string | undefined> =>
    (await owner.context.cookies(app.origin)).find(({ name }) => name.includes('session'))?.value

  async function logIn(window: Page, user: string): Promise<void> {
    await window.waitForURL(/127\.0\.0\.1/)
    await window.getByLabel('User name').fill(user)
    await window.getByRole('button', { name: 'Log in' }).click()
  }

  /** Clicks the button, and logs in over there in the window that opened. */
  async function testAs(user: string, button: string): Promise<Page> {
    const opening = owner.page.waitForEvent('popup')
    await owner.page.getByRole('button', { name: button }).first().click()
    const window = await opening
    await logIn(window, user)
    return window
  }

  test('that is refused shows the failing check live, and where to change what', async () => {
    const before = await sessionOf()
    const { page } = owner
    await page.goto(`/organizations/acme/settings/sso/${connection.id}`)
    const window = await testAs('liar', 'Test sign-in')
    await window.getByRole('heading', { name: 'The test sign-in was refused' }).waitFor()
    expect(await window.textContent('body')).toContain('You can close this window')
    await window.close()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The test sign-in was refused').waitFor()
    const failed = dialog.getByRole('list', { name: 'Failed checks' })
    expect(await failed.textContent()).toContain(somebodyElse)
    await dialog.getByText(`Entity ID (Audience, Identifier): ${connection.spEntityId}`).waitFor()
    await dialog.getByText('Not reached').first().waitFor()
    await dialog.getByRole('button', { name: 'Copy a message to the administrator' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`What came: ${somebodyElse}`)
    await owner.look('test-sign-in-refused')
    expect(await sessionOf()).toBe(before)
  })

  test('that succeeds verifies the connection, keeps the tester’s session and makes no member', async () => {
    const before = await sessionOf()
    const { page } = owner
    const window = await testAs('mary', 'Start again')
    await window.getByRole('heading', { name: 'The test sign-in works' }).waitFor()
    expect(await window.textContent('body')).toContain('mary@acme.example would become a new Organization Member')
    await window.close()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('mary@acme.example would become a new Organization Member').first().waitFor()
    await dialog.getByText('The connection is verified').waitFor()
    await owner.look('test-sign-in-works')
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.getByText('Verified', { exact: false }).first().waitFor()
    await page.getByText('Test passed').waitFor()
    expect(await sessionOf()).toBe(before)
    await page.getByRole('link', { name: 'Members' }).click()
    await page.getByText('owner@acme.example').first().waitFor()
    expect(await page.textContent('body')).not.toContain('mary@acme.example')
  })

  test('may be opened by somebody else, in a browser where nobody is signed in', async () => {
    const { page } = owner
    await page.goto(`/organizations/acme/settings/sso/${connection.id}`)
    const opening = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Test sign-in' }).click()
    await (await opening).close()
    const url = await page.getByRole('dialog').getByLabel('Address of this test', { exact: true }).inputValue()
    const colleague = await Person.open(browser, app.origin)
    await colleague.page.goto(url)
    await logIn(colleague.page, 'nick')
    await colleague.page.getByRole('heading', { name: 'The test sign-in works' }).waitFor()
    await colleague.look('test-sign-in-result')
    await colleague.page.goto('/')
    await colleague.page.waitForURL(/\/sign-in/)
    await colleague.close()
    await page.getByRole('dialog').getByText('nick@acme.example would become').first().waitFor()
  })

  test('in the dialog’s last step is shown beside it', async () => {
    const { page } = owner
    await page.goto('/organizations/acme/settings')
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved:').waitFor()
    const opening = page.waitForEvent('popup')
    await page.getByRole('dialog').getByRole('button', { name: 'Test sign-in' }).click()
    const window = await opening
    await logIn(window, 'liar')
    await window.getByRole('heading', { name: 'The test sign-in was refused' }).waitFor()
    await window.close()
    await page.getByRole('dialog').getByText('The test sign-in was refused').waitFor()
    expect(await page.textContent('body')).not.toContain('replaces your own session')
  })
})
