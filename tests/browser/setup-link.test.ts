import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type IdentityProviderSite, startIdentityProviderSite } from '../testkit/identity-provider-site.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let browser: Browser
let idp: IdentityProvider
let site: IdentityProviderSite
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  browser = await launchBrowser()
  idp = await IdentityProvider.create()
  site = await startIdentityProviderSite(({ id, issuer, acsUrl }, user) =>
    idp.response({
      acsUrl,
      audience: user === 'liar' ? 'https://somebody.else' : issuer,
      now: new Date(),
      inResponseTo: id,
      person: { subject: user, email: `${user}@acme.example` },
    }),
  )
})
afterAll(async () => {
  await browser.close()
  await site.close()
  await app.close()
})

test.each(looks)(
  'an owner hands the setting up over, and sees it happen ($scheme, $width)',
  { timeout: 120_000 },
  async (look) => {
    const owner = await Person.open(browser, app.origin, look)
    await owner.adopt(world.owner.cookieHeader, app.origin)
    const { createSamlConnection } = await world.owner.run<{ createSamlConnection: { connection: { id: string } } }>(
      'mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id } } }',
      { input: { organizationId: world.organization.id, name: `Entra ${look.scheme} ${look.width}` } },
    )
    await owner.page.goto(`/organizations/acme/settings/sso/${createSamlConnection.connection.id}`)
    await owner.page.getByRole('button', { name: 'Make a setup link' }).click()
    const url = await owner.page.getByLabel('Setup link', { exact: true }).inputValue()
    await owner.look('setup-link-owner', look)

    // Somebody without an account, in a browser of their own.
    const administrator = await Person.open(browser, app.origin, look)
    const { page } = administrator
    await page.goto(url)
    await page.getByRole('heading', { name: 'Set up single sign-on for Acme' }).waitFor()
    expect(page.url()).not.toContain('token')
    await administrator.look('setup-link-opened', look)
    await page.getByLabel('Your identity provider').selectOption('Another one that speaks SAML 2.0')
    const steps = page.getByRole('list', { name: 'Steps in Another one that speaks SAML 2.0' })
    await steps.getByRole('button', { name: 'Done, next step' }).click()
    await page.getByText('1 of 7 steps done').waitFor()
    await owner.page.getByText('1 step is done.').waitFor()

    // What the identity provider shows, and one mistake.
    await page.getByLabel('Single Sign-On URL', { exact: true }).fill('nonsense')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.locator('[name="idpSsoUrl"][aria-invalid="true"]').waitFor()
    await page.getByLabel('Single Sign-On URL', { exact: true }).fill(site.ssoUrl)
    await page.getByLabel('Paste anything you have').fill(idp.certificate)
    expect(await page.getByLabel('Certificate', { exact: true }).inputValue()).toContain('BEGIN CERTIFICATE')
    await page.getByLabel('Identity provider’s Entity ID (issuer)').fill(idp.entityId)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved. You can test it now.').waitFor()
    await administrator.look('setup-link-saved', look)

    // A test that is refused says why, and one that succeeds is seen by both.
    for (const user of ['liar', 'mary']) {
      const opening = page.waitForEvent('popup')
      await page.getByRole('button', { name: 'Test sign-in' }).click()
      const window = await opening
      await window.waitForURL(/127\.0\.0\.1/)
      await window.getByLabel('User name').fill(user)
      await window.getByRole('button', { name: 'Log in' }).click()
      await window.getByRole('heading', { name: /The test sign-in/ }).waitFor()
      await window.close()
      await page.getByText(user === 'liar' ? 'The last test was refused' : 'It works').waitFor()
      await administrator.look(`setup-link-${user === 'liar' ? 'refused' : 'works'}`, look)
    }
    await owner.page.getByText(site.ssoUrl).first().waitFor()

    // The owner enables it: then the link is good for nothing.
    await owner.page.getByRole('button', { name: 'Enable', exact: true }).click()
    await page.getByRole('heading', { name: 'This setup link is not valid any more' }).waitFor()
    await administrator.look('setup-link-ended', look)
    await administrator.close()
    await owner.close()
  },
)
