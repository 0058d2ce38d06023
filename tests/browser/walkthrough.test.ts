import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, Person } from '../testkit/browser.ts'
import { createSigningKey, type SigningKey } from '../testkit/certificates.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type IdentityProviderSite, startIdentityProviderSite } from '../testkit/identity-provider-site.ts'
import { answerBySamlp } from '../testkit/samlp.ts'
import { missingForSimpleSamlPhp, type ServiceProvider, startSimpleSamlPhp } from '../testkit/simplesamlphp.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** The role that a member's row shows. */
const roleOf = (page: Page, name: string): Promise<string | null> =>
  page
    .getByLabel(new RegExp(`^Role of ${name}`))
    .locator('option:checked')
    .textContent()

type Provider = {
  certificate: string
  site: IdentityProviderSite
  /** Makes us known to it, where it does not answer just anybody. */
  register?(serviceProvider: ServiceProvider): void
  /** Fills in its login form. */
  logIn(page: Page, user: string): Promise<void>
}

/** The login form of our testkit's sites. */
async function logIn(page: Page, user: string): Promise<void> {
  await page.getByLabel('User name').fill(user)
  await page.getByRole('button', { name: 'Log in' }).click()
}

const providers: Record<string, () => Promise<Provider>> = {
  'the fake identity provider': async () => {
    const idp = await IdentityProvider.create()
    const site = await startIdentityProviderSite(({ id, issuer, acsUrl }, user) =>
      idp.response({
        acsUrl,
        audience: user === 'liar' ? 'https://somebody.else' : issuer,
        now: new Date(),
        inResponseTo: id,
        person: { subject: user, email: `${user}@acme.example`, name: `${user} Example` },
      }),
    )
    return { certificate: idp.certificate, site, logIn }
  },
  'samlp, which others wrote': async () => {
    const signer: SigningKey = await createSigningKey({ name: 'samlp' })
    const site = await startIdentityProviderSite((request, user) =>
      answerBySamlp(
        { issuer: 'urn:samlp:test', signer },
        user === 'liar' ? { ...request, issuer: 'https://somebody.else' } : request,
        user,
      ),
    )
    return { certificate: signer.certificate, site, logIn }
  },
}

const missing = missingForSimpleSamlPhp()
if (missing === null) {
  providers['SimpleSAMLphp'] = async () => {
    const idp = await startSimpleSamlPhp({ mary: {}, nick: {}, liar: { audience: 'https://somebody.else' } })
    return { ...idp, site: idp }
  }
} else {
  console.warn(`SimpleSAMLphp is not installed: ${missing}. THE MAIN JOB IS NOT TESTED WITH IT.`)
}

describe.each(Object.entries(providers))('the main job with %s', (_name, start) => {
  let app: TestApp
  let provider: Provider
  let owner: Person
  let loginUrl: string
  beforeAll(async () => {
    app = await startTestApp({ environment: { SETUP_TOKEN: '0123456789abcdef' } })
    provider = await start()
    owner = await Person.open(browser, app.origin)
  })
  afterAll(async () => {
    await owner.close()
    await provider.site.close()
    await app.close()
  })

  /** Opens the SSO login URL in a browser of its own, and logs in over there. */
  async function signIn(user: string): Promise<Person> {
    const person = await Person.open(browser, app.origin)
    await person.page.goto(loginUrl)
    expect(new URL(person.page.url()).hostname).toBe('127.0.0.1')
    await provider.logIn(person.page, user)
    return person
  }

  test('the owner sets up the organization with the link that the server printed', async () => {
    const { page } = owner
    await page.goto('/setup?token=0123456789abcdef')
    await page.getByLabel('Organization name').fill('Acme')
    await page.getByLabel('Your name').fill('Olive Owner')
    await page.getByLabel('Your e-mail address').fill('olive@acme.example')
    await page.locator('input[autocomplete=new-password]').fill('correct horse battery')
    await page.getByRole('button', { name: 'Create the organization' }).click()
    await page.waitForURL(/\/organizations\/acme\//)
  })

  test('configures single sign-on: the URLs are shown before saving, and after', async () => {
    const { page } = owner
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Configure' }).click()
    await page.getByRole('button', { name: /^SAML 2\.0/ }).click()
    const redirectUrl = await page.getByLabel('Redirect URL', { exact: true }).inputValue()
    expect(redirectUrl).toMatch(/^http:\/\/localhost:\d+\/sso\/sso_[0-9a-z]+\/acs$/)
    await page.getByRole('button', { name: 'Copy Redirect URL' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(redirectUrl)
    await page.getByLabel('Single Sign-On URL', { exact: true }).fill(provider.site.ssoUrl)
    const entityId = 'acme'
    await page.getByLabel('Entity ID', { exact: true }).fill(entityId)
    await page.getByLabel('Certificate', { exact: true }).fill(provider.certificate)
    await page.getByText('SHA-256').first().waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved:').waitFor()
    expect(await page.getByLabel('Redirect URL', { exact: true }).inputValue()).toBe(redirectUrl)
    loginUrl = await page.getByRole('dialog').getByLabel('SSO login URL', { exact: true }).inputValue()
    provider.register?.({ entityId, acsUrl: redirectUrl })
  })

  test('a member signs in from another site and becomes Organization Member', async () => {
    const member = await signIn('mary')
    await member.page.waitForURL(/\/organizations\/acme\/members/)
    await expect.poll(() => roleOf(member.page, 'mary')).toBe('Organization Member')
    const cookies = await member.context.cookies(app.origin)
    expect(cookies.find(({ name }) => name.includes('session'))).toMatchObject({ sameSite: 'Lax', httpOnly: true })
    await member.close()
    // The dialog, still open at the owner's, notices by itself.
    await owner.page.getByText('Somebody signed in with these settings').waitFor()
    await owner.page.getByRole('button', { name: 'Done' }).click()
  })

  test('the owner makes them an admin, and the next sign-in leaves them admin', async () => {
    const { page } = owner
    await page.getByRole('link', { name: 'Members' }).click()
    await page.getByLabel(/^Role of mary/).selectOption({ label: 'Organization Admin' })
    await page.reload()
    await expect.poll(() => roleOf(page, 'mary')).toBe('Organization Admin')
    const member = await signIn('mary')
    await member.page.waitForURL(/\/organizations\/acme\/members/)
    await expect.poll(() => roleOf(member.page, 'mary')).toBe('Organization Admin')
    await member.close()
  })

  test('a refused sign-in says why to the member, and in full to the owner', async () => {
    const liar = await signIn('liar')
    await liar.page.getByRole('heading', { name: 'We could not sign you in' }).waitFor()
    expect(await liar.page.textContent('body')).toContain('AUDIENCE_MISMATCH')
    const reference = (await liar.page.locator('.reference').first().textContent()) ?? ''
    await liar.close()
    const { page } = owner
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Details and sign-in attempts' }).click()
    await page.getByRole('button', { name: /^Details of the attempt of Somebody unknown/ }).click()
    await page.getByRole('table').getByText('https://somebody.else').waitFor()
    await page.getByText(`Reference ${reference}`).waitFor()
  })

  test('a suspended member is out at once, and stays out', async () => {
    const member = await signIn('nick')
    await member.page.waitForURL(/\/organizations\/acme\/members/)
    const { page } = owner
    await page.getByRole('link', { name: 'Members' }).click()
    await page.getByRole('button', { name: /^Actions for nick/ }).click()
    await page.getByRole('menuitem', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
    await page.getByText('Suspended', { exact: true }).waitFor()
    await member.page.reload()
    await member.page.waitForURL(/\/sign-in/)
    await member.close()
    const again = await signIn('nick')
    await again.page.getByText('Your membership is suspended').waitFor()
    await again.close()
  })
})
