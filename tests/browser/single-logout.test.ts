import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type IdentityProviderSite, startIdentityProviderSite } from '../testkit/identity-provider-site.ts'
import { type LogoutSite, startLogoutSite } from '../testkit/logout-site.ts'
import { completeSetup, connect, type SamlConnection } from '../testkit/scenario.ts'

let browser: Browser
let app: TestApp
let site: IdentityProviderSite
let logoutSite: LogoutSite
let connection: SamlConnection
let owner: Person

const sloUrl = (): string => connection.redirectUrl.replace(/acs$/, 'slo')

beforeAll(async () => {
  browser = await launchBrowser()
  app = await startTestApp()
  const idp = await IdentityProvider.create()
  site = await startIdentityProviderSite(({ id, issuer, acsUrl }, user) =>
    idp.response({
      acsUrl,
      audience: issuer,
      now: new Date(),
      inResponseTo: id,
      person: { subject: user, email: `${user}@acme.example`, name: user },
    }),
  )
  logoutSite = await startLogoutSite(idp, sloUrl)
  const { organization, owner: client } = await completeSetup(app)
  connection = await connect(client, organization.id, idp, { idpSsoUrl: site.ssoUrl })
  owner = await Person.open(browser, app.origin)
  await owner.adopt(client.cookieHeader, app.origin)
})
afterAll(async () => {
  await owner.close()
  await site.close()
  await logoutSite.close()
  await app.close()
  await browser.close()
})

/** Somebody who came in through the identity provider. */
async function signedIn(user: string): Promise<Person> {
  const person = await Person.open(browser, app.origin)
  await person.page.goto(connection.loginUrl)
  await person.page.getByLabel('User name').fill(user)
  await person.page.getByRole('button', { name: 'Log in' }).click()
  await person.page.waitForURL(/\/organizations\/acme\/members/)
  return person
}

async function signOut({ page }: Person, user: string): Promise<void> {
  await page.getByRole('button', { name: `Menu. Signed in as ${user}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

test('the owner enters the identity provider’s logout URL, and finds ours beside it', async () => {
  const { page } = owner
  await page.goto(`/organizations/acme/settings/sso/${connection.id}`)
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Single logout', { exact: true }).click()
  expect(await dialog.getByLabel('Our logout URL', { exact: true }).inputValue()).toBe(sloUrl())
  const theirs = dialog.getByLabel('Identity provider’s logout URL', { exact: true })
  await theirs.fill('http://idp.example/slo')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByText('must start with https://').waitFor()
  await owner.look('single-logout-form')
  await theirs.fill(logoutSite.sloUrl)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByText(logoutSite.sloUrl).waitFor()
})

describe('signing out here', () => {
  test('ends the session over there too, and says so', async () => {
    const mary = await signedIn('mary')
    await signOut(mary, 'mary')
    await mary.page.waitForURL(/\/sign-in\?signedOut=everywhere/)
    await mary.page.getByText('You are signed out, here and at your identity provider.').waitFor()
    await mary.page.goto('/organizations/acme/members')
    await mary.page.waitForURL(/\/sign-in/)
    await mary.close()
  })

  test.each(looks)('says when the session over there may still be open ($scheme, $width)', async (look) => {
    logoutSite.statuses = ['Success', 'PartialLogout']
    const nick = await signedIn('nick')
    await signOut(nick, 'nick')
    await nick.page.waitForURL(/\/sign-in\?signedOut=here/)
    await nick.page.getByText('You may still be signed in at your identity provider').waitFor()
    logoutSite.statuses = ['Success']
    await nick.page.emulateMedia({ colorScheme: look.scheme })
    await nick.page.setViewportSize({ width: look.width, height: 900 })
    await nick.look('signed-out-here', look)
    await nick.close()
  })
})

test('signing out over there, in another tab and from another site, ends the session here', async () => {
  const olga = await signedIn('olga')
  const portal = await olga.context.newPage()
  await portal.goto(logoutSite.portalUrl('olga', sloUrl()))
  await portal.getByRole('button', { name: 'Log out everywhere' }).click()
  await portal.getByRole('heading', { name: 'Logged out everywhere' }).waitFor()
  expect(new URL(portal.url()).hostname).toBe('127.0.0.1')
  await olga.page.reload()
  await olga.page.waitForURL(/\/sign-in/)
  await olga.close()
})
