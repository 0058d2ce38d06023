import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, Person } from '../testkit/browser.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type IdentityProviderSite, startIdentityProviderSite } from '../testkit/identity-provider-site.ts'
import { completeSetup, connect, type Organization, type SamlConnection } from '../testkit/scenario.ts'

let browser: Browser
let app: TestApp
let site: IdentityProviderSite
let organization: Organization
let connection: SamlConnection
let owner: Person
beforeAll(async () => {
  browser = await launchBrowser()
  app = await startTestApp()
  const idp = await IdentityProvider.create()
  const setUp = await completeSetup(app)
  organization = setUp.organization
  const person = (user: string) => ({ subject: user, email: `${user}@acme.example`, name: `${user} Example` })
  site = await startIdentityProviderSite(
    ({ id, issuer, acsUrl }, user) =>
      idp.response({ acsUrl, audience: issuer, now: new Date(), inResponseTo: id, person: person(user) }),
    (user) => {
      const { redirectUrl: acsUrl, spEntityId: audience } = connection
      const attributes: [string, string][] = [
        ['employeeId', `number of ${user}`],
        ['workMail', `${user}@acme.example`],
      ]
      const answer = { acsUrl, audience, now: new Date(), inResponseTo: null, person: person(user), attributes }
      return { acsUrl, response: idp.response(answer) }
    },
  )
  connection = await connect(setUp.owner, organization.id, idp, { idpSsoUrl: site.ssoUrl })
  owner = await Person.open(browser, app.origin)
  await owner.adopt(setUp.owner.cookieHeader, app.origin)
})
afterAll(async () => {
  await owner.close()
  await site.close()
  await app.close()
  await browser.close()
})

/** The connection's dialog, with everything that few need in view. */
async function edit() {
  await owner.page.goto(`/organizations/acme/settings/sso/${connection.id}`)
  await owner.page.getByRole('button', { name: 'Edit' }).click()
  const dialog = owner.page.getByRole('dialog')
  for (const name of ['Attributes', 'Sign-in and encryption']) {
    const more = dialog.getByRole('button', { name })
    if ((await more.getAttribute('aria-expanded')) === 'false') await more.click()
  }
  return dialog
}
const openTile = async (user: string, person?: Person): Promise<Person> => {
  const clicking = person ?? (await Person.open(browser, app.origin))
  await clicking.page.goto(site.tileUrl(user))
  return clicking
}

describe('the tile of the identity provider’s portal, on another site', () => {
  test('brings attributes that nobody knows: the owner sees them, and names the one that holds the address', async () => {
    const mary = await openTile('mary')
    await mary.page.getByText('EMAIL_MISSING').waitFor()
    await mary.close()
    const dialog = await edit()
    await dialog.getByText('mary@acme.example').waitFor()
    await dialog.getByLabel('E-mail address', { exact: true }).fill('workM')
    await owner.page.getByRole('option', { name: 'workMail' }).click()
    expect(await dialog.getByLabel('E-mail address', { exact: true }).inputValue()).toBe('workMail')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('Saved:').waitFor()
  })

  test('is refused until the owner lets the connection take it', async () => {
    const mary = await openTile('mary')
    await mary.page.getByText('IDP_INITIATED_NOT_ALLOWED').waitFor()
    await mary.close()
    const dialog = await edit()
    await dialog.getByLabel('Let sign-ins start at the identity provider').click()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('Saved:').waitFor()
    await owner.page.keyboard.press('Escape')
    await owner.page.getByText('Taken, and confirmed by the member each time').waitFor()
  })

  test('then asks the member, and signs them in', async () => {
    const mary = await openTile('mary')
    await mary.page.getByRole('heading', { name: 'Continue to sign in?' }).waitFor()
    expect(await mary.page.textContent('main')).toContain('to Acme as mary@acme.example')
    await mary.page.reload()
    await mary.page.getByRole('button', { name: 'Continue' }).click()
    await mary.page.waitForURL(/\/organizations\/acme\/members/)
    // Back leads to a page that is spent.
    await mary.page.goBack()
    await mary.page.getByText('COMPLETION_EXPIRED').waitFor()
    await mary.close()
  })

  test('signs nobody in as somebody else unseen: the page says whose session would end, and Cancel keeps it', async () => {
    const mary = await openTile('mary')
    await mary.page.getByRole('button', { name: 'Continue' }).click()
    await mary.page.waitForURL(/\/organizations\/acme\/members/)
    await openTile('mallory', mary)
    await mary.page.getByText('You are signed in here as mary@acme.example').waitFor()
    await mary.page.getByRole('button', { name: 'Cancel' }).click()
    await mary.page.waitForURL(/\/organizations\/acme\/members/)
    await mary.page
      .getByRole('button', { name: /mary@acme\.example|mary Example/ })
      .first()
      .waitFor()
    await mary.close()
  })

  test('and the owner sees who cancelled, and what arrived', async () => {
    await owner.page.goto(`/organizations/acme/settings/sso/${connection.id}`)
    await owner.page
      .getByText('SIGN_IN_CANCELLED')
      .or(owner.page.getByText('You cancelled this sign-in'))
      .first()
      .waitFor()
    await owner.page.getByRole('button', { name: /^Details of the attempt of mallory@acme\.example/ }).click()
    await owner.page.getByText('number of mallory').waitFor()
    await owner.page.getByText('no request: started by the identity provider').first().waitFor()
  })
})

describe('another attribute for the subject', () => {
  test('is asked about before it is saved, once the connection knows people', async () => {
    const dialog = await edit()
    await dialog.getByLabel('Subject', { exact: true }).fill('employeeId')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('This connection knows 1 person by the subject as it is now').waitFor()
    await dialog.getByRole('button', { name: 'Do not save' }).click()
    await dialog.getByText('This connection knows').waitFor({ state: 'hidden' })
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByRole('button', { name: 'Change the subject and save' }).click()
    await dialog.getByText('Saved:').waitFor()
    await owner.page.keyboard.press('Escape')
    await owner.page.getByText('Attribute for subject').waitFor()
  })
})
