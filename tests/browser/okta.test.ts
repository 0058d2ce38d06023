import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { OpenIdProvider } from '../testkit/openid-provider.ts'
import { completeSetup, ownerPassword } from '../testkit/scenario.ts'

let browser: Browser
let app: TestApp
let idp: OpenIdProvider
let owner: Person
beforeAll(async () => {
  browser = await launchBrowser()
  app = await startTestApp({ environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  idp = await OpenIdProvider.start()
  for (const name of ['mary', 'nick']) {
    const person = { sub: `00u${name}`, email: `${name}@acme.example`, email_verified: true, name: `${name} Example` }
    idp.people.set(name, person)
    idp.people.set(person.sub, person)
  }
  await completeSetup(app)
  owner = await signInByPassword()
})
afterAll(async () => {
  await owner.close()
  await idp.close()
  await app.close()
  await browser.close()
})

async function signInByPassword(look = looks[0]): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  await person.context.request.post('/graphql', {
    headers: { origin: app.origin, 'sec-fetch-site': 'same-origin' },
    data: {
      query: 'mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }',
      variables: { input: { email: 'owner@acme.example', password: ownerPassword } },
    },
  })
  return person
}

/** Over there. */
async function logIn(page: Page, user: string): Promise<void> {
  await page.getByLabel('Username').fill(user)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const roleOf = (page: Page, name: string): Promise<string | null> =>
  page
    .getByLabel(new RegExp(`^Role of ${name}`))
    .locator('option:checked')
    .textContent()

describe('the main job with Okta Workforce', () => {
  let loginUrl: string

  test('the URLs are shown before there is a connection, and are the same after Save', async () => {
    const { page } = owner
    await page.goto('/organizations/acme/settings')
    await page.getByRole('button', { name: 'Configure' }).click()
    await owner.look('okta-choose')
    await page.getByRole('button', { name: /^Okta Workforce/ }).click()
    // The guide of Okta shows each at its step.
    await page.getByRole('button', { name: '2. Enter our addresses' }).click()
    const redirectUrl = await page.getByLabel('Sign-in redirect URIs', { exact: true }).inputValue()
    await page.getByRole('button', { name: '3. Let the tile work' }).click()
    loginUrl = await page.getByLabel('Initiate login URI', { exact: true }).inputValue()
    expect(redirectUrl).toMatch(/^http:\/\/localhost:\d+\/sso\/sso_[0-9a-z]+\/callback$/)
    await owner.look('okta-form')
    await page.getByLabel('Okta Domain').fill(`${idp.issuer}/`)
    await page.getByLabel('Client ID').fill(idp.clientId)
    await page.getByLabel('Client Secret', { exact: true }).fill(idp.clientSecret)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Saved: Okta Workforce' }).waitFor()
    expect(await page.getByLabel('Redirect URL', { exact: true }).inputValue()).toBe(redirectUrl)
    await owner.look('okta-saved')
    idp.register({ redirectUrl, loginUrl })
  })

  test('a test sign-in shows every check, and verifies the connection', async () => {
    const { page } = owner
    const opened = page.waitForEvent('popup')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Test sign-in/ })
      .click()
    const popup = await opened
    await logIn(popup, 'nick')
    await popup.getByText('The test sign-in works').waitFor()
    await page.getByText('The connection is verified.').waitFor()
    await owner.look('okta-tested')
    await popup.close()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('Okta Workforce', { exact: true }).first().waitFor()
    await page.getByText(/^Verified/).waitFor()
  })

  test('mary signs in, and is a member; the owner makes her an admin, and she stays one', async () => {
    const mary = await Person.open(browser, app.origin)
    await mary.page.goto(loginUrl)
    expect(new URL(mary.page.url()).origin).toBe(idp.issuer)
    await logIn(mary.page, 'mary')
    await mary.page.waitForURL(/\/organizations\/acme/)
    await mary.close()

    const { page } = owner
    await page.goto('/organizations/acme/members')
    await expect.poll(() => roleOf(page, 'mary')).toBe('Organization Member')
    await page.getByLabel(/^Role of mary/).selectOption({ label: 'Organization Admin' })
    await page.reload()
    await expect.poll(() => roleOf(page, 'mary')).toBe('Organization Admin')

    const again = await Person.open(browser, app.origin)
    await again.page.goto(`${idp.issuer}/home/tile`)
    await logIn(again.page, 'mary')
    await again.page.waitForURL(/\/organizations\/acme/)
    await again.close()
    await page.reload()
    await expect.poll(() => roleOf(page, 'mary')).toBe('Organization Admin')
  })

  test('a refused sign-in is shown check by check, with the place in Okta’s console', async () => {
    idp.lies = { claims: (claims) => ({ ...claims, aud: 'another-application' }) }
    const nick = await Person.open(browser, app.origin)
    await nick.page.goto(loginUrl)
    await logIn(nick.page, 'nick')
    await nick.page.getByText('We could not sign you in').waitFor()
    await nick.close()
    idp.lies = {}
    const { page } = owner
    await page.goto('/organizations/acme/settings')
    await page.getByRole('link', { name: 'Details and sign-in attempts' }).click()
    await page.getByText('Okta: Applications → your application → General → Client Credentials').first().waitFor()
    await page.getByText('another-application').first().waitFor()
  })

  test('the box says what an error in the address means, and where it is mended', async () => {
    const { page } = owner
    await page.getByLabel('What do you have in hand?').fill(`${app.origin}/?error=access_denied&error_description=No`)
    await page.getByRole('button', { name: 'Say what it is' }).click()
    await page.getByText('The identity provider refused: access_denied').waitFor()
    await page.getByText('Okta: Applications → your application → Assignments → Assign').waitFor()
    await owner.look('okta-diagnosed')
  })

  test('editing keeps the secret that is saved, and says what is wrong at its field', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Edit' }).click()
    expect(await page.getByLabel('Client Secret', { exact: true }).inputValue()).toBe('')
    await page.getByLabel('Okta Domain').fill('no host')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Okta Domain must be the host').waitFor()
    await owner.look('okta-wrong')
    await page.getByLabel('Okta Domain').fill(idp.issuer)
    await page.getByLabel('Name', { exact: true }).fill('Acme’s Okta')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Saved: Acme’s Okta' }).waitFor()
    await page.getByText('Verified: single sign-on works').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
  })
})

describe.each(looks)('in $scheme at $width', (look) => {
  test('the form and the page of a connection are good to look at', async () => {
    const person = await signInByPassword(look)
    const { page } = person
    await page.goto('/organizations/acme/settings')
    await page.getByRole('link', { name: 'Details and sign-in attempts' }).click()
    await page.getByRole('heading', { name: 'For the identity provider' }).waitFor()
    await person.look('okta-connection', look)
    await page.goto('/organizations/acme/settings')
    await page.getByRole('button', { name: 'Configure' }).click()
    await page.getByRole('button', { name: /^OpenID Connect/ }).click()
    await page.getByLabel('Issuer').waitFor()
    await person.look('oidc-form', look)
    await person.close()
  })
})
