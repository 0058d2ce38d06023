import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { type Look, launchBrowser, looks, Person } from '../testkit/browser.ts'
import { enforceSso, ownDomain } from '../testkit/front-door.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type IdentityProviderSite, startIdentityProviderSite } from '../testkit/identity-provider-site.ts'
import { completeSetup, connect, type Organization, ownerPassword } from '../testkit/scenario.ts'

let browser: Browser
let app: TestApp
let site: IdentityProviderSite
let owner: GraphqlClient
let idp: IdentityProvider

async function newOrganization(name: string): Promise<Organization> {
  const slug = name.toLowerCase()
  const { createOrganization } = await owner.run<{ createOrganization: { organization: Organization } }>(
    'mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id slug } } }',
    { input: { name, slug } },
  )
  await ownDomain(app, createOrganization.organization.id, `${slug}.example`)
  return createOrganization.organization
}

// Acme has one connection, Globex two, and Initech takes no passwords. The owner of all of them has one.
beforeAll(async () => {
  browser = await launchBrowser()
  app = await startTestApp()
  idp = await IdentityProvider.create()
  site = await startIdentityProviderSite(({ id, issuer, acsUrl }, user) =>
    idp.response({
      acsUrl,
      audience: issuer,
      now: new Date(),
      inResponseTo: id,
      person: { subject: user, email: user, name: 'Mary Member' },
    }),
  )
  const world = await completeSetup(app)
  owner = world.owner
  const ownIdp = { idpSsoUrl: site.ssoUrl }
  await ownDomain(app, world.organization.id, 'acme.example')
  await connect(owner, world.organization.id, idp, { ...ownIdp, name: 'Entra' })
  const globex = await newOrganization('Globex')
  await connect(owner, globex.id, idp, { ...ownIdp, name: 'Okta' })
  await connect(owner, globex.id, idp, { ...ownIdp, name: 'Contractors' })
  const initech = await newOrganization('Initech')
  await connect(owner, initech.id, idp, { ...ownIdp, name: 'Keycloak' })
  await enforceSso(app, initech.id)
})
afterAll(async () => {
  await site.close()
  await app.close()
  await browser.close()
})

async function openSignIn(look?: Look, path = '/sign-in'): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  await person.page.goto(path)
  await person.page.getByLabel('E-mail address').waitFor()
  return person
}

const emailField = (page: Page) => page.getByLabel('E-mail address')
const passwordField = (page: Page) => page.getByLabel('Password', { exact: true })

async function giveAddress(page: Page, email: string): Promise<void> {
  await emailField(page).fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function logIn(page: Page, user: string): Promise<void> {
  await page.getByLabel('User name').fill(user)
  await page.getByRole('button', { name: 'Log in' }).click()
}

const hasFocus = (page: Page, name: string) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name') ?? null)).toBe(name)

async function signInByPassword(page: Page): Promise<void> {
  await giveAddress(page, 'owner@acme.example')
  await page.getByRole('link', { name: 'Use a password instead' }).click()
  await passwordField(page).fill(ownerPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

describe('the front door', () => {
  test('an address of a verified domain leads to its identity provider, and back to the page that was wanted', async () => {
    const person = await Person.open(browser, app.origin)
    const { page } = person
    await page.goto('/organizations/acme/settings')
    await page.waitForURL(/\/sign-in\?returnTo=/)
    await giveAddress(page, 'Mary@Acme.example')
    await page.getByRole('heading', { name: 'Sign in to Acme' }).waitFor()
    expect(page.url()).not.toContain('acme.example')
    const link = page.getByRole('link', { name: 'Continue with Entra' })
    const login = new URL((await link.getAttribute('href')) ?? '')
    expect(login.searchParams.get('login_hint')).toBe('mary@acme.example')
    await link.click()
    await logIn(page, 'mary@acme.example')
    await page.waitForURL(/\/organizations\/acme\/settings/)
    await page.getByRole('button', { name: /Signed in as/ }).click()
    await page.getByText('Signed in through Entra').waitFor()
    await person.close()
  })

  test('an unknown domain leads to the password, whoever has an account; a wrong one is refused beside the field', async () => {
    const person = await openSignIn()
    const { page } = person
    await giveAddress(page, 'nobody@unknown.example')
    await page.getByRole('heading', { name: 'Enter your password' }).waitFor()
    await page.getByText('nobody@unknown.example').first().waitFor()
    await hasFocus(page, 'password')
    await passwordField(page).fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('do not match').waitFor()
    expect(await passwordField(page).getAttribute('aria-invalid')).toBe('true')
    expect(await passwordField(page).inputValue()).toBe('wrong')
    // What a password manager looks for: the user name in the same form.
    expect(await page.locator('form input[autocomplete=username]').inputValue()).toBe('nobody@unknown.example')
    await person.close()
  })

  test('what is no address is refused beside the field', async () => {
    const person = await openSignIn()
    const { page } = person
    await giveAddress(page, 'mary')
    await page.getByText('Enter an e-mail address such as').waitFor()
    expect(await emailField(page).getAttribute('aria-invalid')).toBe('true')
    await hasFocus(page, 'email')
    await person.close()
  })

  test('the keyboard alone is enough, and a path that was wanted is kept', async () => {
    const person = await openSignIn(undefined, '/sign-in?returnTo=%2Forganizations%2Fglobex%2Fsettings')
    const { page } = person
    await hasFocus(page, 'email')
    await page.keyboard.type('owner@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Continue with Entra' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Continue with Entra')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await hasFocus(page, 'password')
    await page.keyboard.type(ownerPassword)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/organizations\/globex\/settings/)
    await person.close()
  })

  test('the back button goes a step back, with what was typed; a step without its address begins anew', async () => {
    const person = await openSignIn()
    const { page } = person
    await giveAddress(page, 'owner@acme.example')
    await page.getByRole('link', { name: 'Use a password instead' }).click()
    await hasFocus(page, 'password')
    await page.reload()
    await hasFocus(page, 'password')
    await page.goBack()
    await page.getByRole('link', { name: 'Continue with Entra' }).waitFor()
    await page.goBack()
    await hasFocus(page, 'email')
    expect(await emailField(page).inputValue()).toBe('owner@acme.example')
    await page.goForward()
    await page.getByRole('link', { name: 'Continue with Entra' }).waitFor()
    await page.getByRole('link', { name: 'Change the e-mail address' }).click()
    await hasFocus(page, 'email')
    expect(await emailField(page).inputValue()).toBe('owner@acme.example')
    await page.goto('/sign-in?step=password')
    await emailField(page).waitFor()
    await person.close()
  })

  test('several connections are a list, and the one used last in this browser comes first', async () => {
    const person = await openSignIn()
    const { page } = person
    const names = () => page.getByRole('link', { name: /^Continue with/ }).allTextContents()
    await giveAddress(page, 'gina@globex.example')
    await page.getByRole('heading', { name: 'Sign in to Globex' }).waitFor()
    expect(await names()).toEqual(['Continue with Okta', 'Continue with Contractors'])
    await page.getByRole('link', { name: 'Continue with Contractors' }).click()
    await logIn(page, 'gina@globex.example')
    await page.waitForURL(/\/organizations\/globex\/members/)
    await page.goto('/sign-in')
    expect(await emailField(page).inputValue()).toBe('gina@globex.example')
    await page.keyboard.press('Enter')
    await page.getByText('Used last in this browser').waitFor()
    expect(await names()).toEqual(['Continue with ContractorsUsed last in this browser', 'Continue with Okta'])
    await page.goBack()
    await page.getByRole('button', { name: 'Forget it' }).click()
    expect(await emailField(page).inputValue()).toBe('')
    await page.reload()
    expect(await emailField(page).inputValue()).toBe('')
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('gatehouse')))).toEqual(
      [],
    )
    await person.close()
  })

  test('an organization that enforces single sign-on offers no password', async () => {
    const person = await openSignIn()
    const { page } = person
    await giveAddress(page, 'ian@initech.example')
    await page.getByRole('link', { name: 'Continue with Keycloak' }).waitFor()
    expect(await page.getByRole('link', { name: 'Use a password instead' }).count()).toBe(0)
    await person.close()
  })

  test('somebody in several organizations chooses one, and the browser opens it from then on', async () => {
    const person = await openSignIn()
    const { page } = person
    await signInByPassword(page)
    await page.waitForURL(/\/organizations$/)
    await page.getByText('Initech').waitFor()
    const rows = await page.getByRole('list').getByRole('link').allTextContents()
    expect(rows).toEqual(['AAcmeOrganization Owner', 'GGlobexOrganization Owner', 'IInitechNeeds single sign-on'])
    await page.getByRole('link', { name: /Globex/ }).click()
    await page.waitForURL(/\/organizations\/globex\/members/)
    await page.getByRole('link', { name: 'Members' }).first().waitFor()
    await page.goto('/')
    await page.waitForURL(/\/organizations\/globex\/members/)
    await person.close()
  })

  test('an organization that requires single sign-on says so, and leads back to the page that was wanted', async () => {
    const person = await openSignIn()
    const { page } = person
    await signInByPassword(page)
    await page.waitForURL(/\/organizations$/)
    await page.goto('/organizations/initech/settings')
    await page.getByRole('heading', { name: 'Initech requires single sign-on' }).waitFor()
    await page.getByRole('link', { name: 'Continue with Keycloak' }).click()
    await logIn(page, 'iris@initech.example')
    await page.waitForURL(/\/organizations\/initech\/settings/)
    await page.getByRole('button', { name: /Switch the organization/ }).click()
    await page.getByRole('menuitem', { name: 'Sign in to another organization' }).click()
    await emailField(page).waitFor()
    await page.goBack()
    await page.waitForURL(/\/organizations\/initech\/settings/)
    await person.close()
  })

  test('the same when the API refuses with the reason SSO_REQUIRED', async () => {
    const person = await openSignIn()
    const { page } = person
    await signInByPassword(page)
    await page.waitForURL(/\/organizations$/)
    await page.route('**/graphql', async (route) => {
      const asked = route.request().postDataJSON() as { operationName: string; variables: { slug?: string } }
      if (asked.variables.slug !== 'initech') return route.continue()
      const extensions = { code: 'FORBIDDEN', reason: 'SSO_REQUIRED', requestId: 'req_1' }
      return route.fulfill({
        json: { data: null, errors: [{ message: 'Initech requires single sign-on.', extensions }] },
      })
    })
    await page.goto('/organizations/initech/members')
    await page.getByRole('heading', { name: 'Initech requires single sign-on' }).waitFor()
    expect(await page.getByRole('link', { name: 'Continue with Keycloak' }).count()).toBe(1)
    await person.close()
  })

  test('the switcher leads to the identity provider of an organization that needs it', async () => {
    const person = await openSignIn(undefined, '/sign-in?returnTo=%2Forganizations%2Facme%2Fmembers')
    const { page } = person
    await signInByPassword(page)
    await page.getByRole('button', { name: /Switch the organization/ }).click()
    const row = page.getByRole('menuitem', { name: /Initech\s*Needs single sign-on/ })
    const login = new URL((await row.getAttribute('href')) ?? '')
    expect(login.searchParams.get('returnTo')).toBe('/organizations/initech')
    expect(await page.getByRole('menuitem', { name: 'Sign in to another organization' }).count()).toBe(0)
    await person.close()
  })

  test('a session through single sign-on that meets another organization is led to sign in there', async () => {
    const person = await openSignIn()
    const { page } = person
    await giveAddress(page, 'mona@acme.example')
    await page.getByRole('link', { name: 'Continue with Entra' }).click()
    await logIn(page, 'mona@acme.example')
    await page.waitForURL(/\/organizations\/acme\/members/)
    await page.goto('/organizations/globex/members')
    await page.getByRole('link', { name: 'Sign in to another organization' }).click()
    await page.waitForURL(/\/sign-in\?returnTo=%2Forganizations%2Fglobex%2Fmembers/)
    await person.close()
  })
})

test('the page weighs at most 200 kB of scripts and styles, compressed with gzip', async () => {
  const person = await Person.open(browser, app.origin)
  const files = new Set<string>()
  person.page.on('request', (request) => {
    if (/\.(js|css)$/.test(new URL(request.url()).pathname)) files.add(request.url())
  })
  await person.page.goto('/sign-in')
  await giveAddress(person.page, 'nobody@unknown.example')
  await passwordField(person.page).waitFor()
  await person.page.waitForLoadState('networkidle')
  const weights = await Promise.all(
    [...files].map(async (file) => {
      const response = await fetch(file, { headers: { 'accept-encoding': 'gzip' } })
      await response.arrayBuffer()
      return Number(response.headers.get('content-length'))
    }),
  )
  expect(files.size).toBeGreaterThan(2)
  expect(weights.every((weight) => weight > 0)).toBe(true)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(200_000)
  await person.close()
})

describe.each(looks)('pictures, $scheme, $width wide', (look) => {
  test('the ways in', async () => {
    const person = await openSignIn(look)
    const { page } = person
    await giveAddress(page, 'mary')
    await page.getByText('Enter an e-mail address such as').waitFor()
    await person.look('sign-in-no-address', look)
    await giveAddress(page, 'mary@acme.example')
    await page.getByRole('link', { name: 'Continue with Entra' }).waitFor()
    await person.look('sign-in-single-sign-on', look)
    await page.getByRole('link', { name: 'Use a password instead' }).click()
    await passwordField(page).waitFor()
    await person.look('sign-in-password', look)
    await page.goto('/sign-in')
    await giveAddress(page, 'ian@initech.example')
    await page.getByRole('link', { name: 'Continue with Keycloak' }).waitFor()
    await person.look('sign-in-enforced', look)
    await page.evaluate(() =>
      localStorage.setItem(
        'gatehouse.last-sign-in',
        JSON.stringify({ email: 'gina@globex.example', connectionId: null }),
      ),
    )
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Forget it' }).waitFor()
    await person.look('sign-in-remembered', look)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('link', { name: 'Continue with Okta' }).waitFor()
    await person.look('sign-in-several', look)
    await person.close()
  })

  test('the organizations of somebody who has several', async () => {
    const person = await openSignIn(look)
    const { page } = person
    await signInByPassword(page)
    await page.getByRole('heading', { name: 'Choose an organization' }).waitFor()
    await page.getByText('Initech').waitFor()
    await person.look('choose-organization', look)
    await page.getByRole('link', { name: /Initech/ }).click()
    await page.getByRole('heading', { name: 'Initech requires single sign-on' }).waitFor()
    await person.look('sso-required', look)
    await page.goto('/organizations/acme/members')
    await page.locator('main').getByText('owner@acme.example').first().waitFor()
    if (look.width === 390) await page.getByRole('button', { name: 'Open the navigation' }).click()
    await page.getByRole('button', { name: /Switch the organization/ }).click()
    await page.getByRole('menuitem', { name: /Initech/ }).waitFor()
    await person.look('switcher-needs-sso', look)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Signed in as/ }).click()
    await page.getByText('Signed in with a password').waitFor()
    await person.look('user-menu-password', look)
    await person.close()
  })

  test('a session through single sign-on', async () => {
    const person = await openSignIn(look)
    const { page } = person
    await giveAddress(page, 'mary@acme.example')
    await page.getByRole('link', { name: 'Continue with Entra' }).click()
    await logIn(page, 'mary@acme.example')
    await page.waitForURL(/\/organizations\/acme\/members/)
    await page.locator('main').getByText('owner@acme.example').first().waitFor()
    if (look.width === 390) await page.getByRole('button', { name: 'Open the navigation' }).click()
    await page.getByRole('button', { name: /Switch the organization/ }).click()
    await page.getByRole('menuitem', { name: 'Sign in to another organization' }).waitFor()
    await person.look('switcher-single-sign-on', look)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Signed in as/ }).click()
    await page.getByText('Signed in through Entra').waitFor()
    await person.look('user-menu-single-sign-on', look)
    await page.goto('/organizations/globex/members')
    await page.getByRole('link', { name: 'Sign in to another organization' }).waitFor()
    await person.look('not-found-single-sign-on', look)
    await person.close()
  })
})
