import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { type Look, launchBrowser, Person } from '../testkit/browser.ts'
import { enforceSso } from '../testkit/front-door.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type IdentityProviderSite, startIdentityProviderSite } from '../testkit/identity-provider-site.ts'
import { invite } from '../testkit/invitation.ts'
import { completeSetup, connect, type Organization } from '../testkit/scenario.ts'

let app: TestApp
let browser: Browser
let site: IdentityProviderSite
let owner: GraphqlClient
let acme: Organization
let globex: Organization
let initech: Organization

async function newOrganization(name: string): Promise<Organization> {
  const { createOrganization } = await owner.run<{ createOrganization: { organization: Organization } }>(
    'mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id slug } } }',
    { input: { name, slug: name.toLowerCase() } },
  )
  return createOrganization.organization
}

// Acme has no single sign-on; Globex and Initech have. Globex takes passwords as well until the last test.
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
      person: { subject: user, email: user, name: 'Sam Single' },
    }),
  )
  const world = await completeSetup(app)
  owner = world.owner
  acme = world.organization
  globex = await newOrganization('Globex')
  initech = await newOrganization('Initech')
  await connect(owner, globex.id, idp, { idpSsoUrl: site.ssoUrl, name: 'Okta' })
  await connect(owner, initech.id, idp, { idpSsoUrl: site.ssoUrl, name: 'Keycloak' })
})
afterAll(async () => {
  await site.close()
  await browser.close()
  await app.close()
})

const twoLooks: readonly Look[] = [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 390 },
]

async function open(path: string, { as, look }: { as?: GraphqlClient; look?: Look } = {}): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  if (as !== undefined) await person.adopt(as.cookieHeader, app.origin)
  await person.page.goto(path)
  return person
}
const pathOf = (acceptUrl: string): string => new URL(acceptUrl).pathname + new URL(acceptUrl).search

describe.each(twoLooks)('invitations, $scheme, $width wide', (look) => {
  test('an owner invites two, one joins with a new account; the other is sent again and revoked', async () => {
    const [ada, grace] = [`ada-${look.width}@new.example`, `grace-${look.width}@new.example`]
    const person = await open('/organizations/acme/members', { as: owner, look })
    const { page } = person
    await page.getByRole('link', { name: 'Invitations' }).click()
    await page.getByText('No open invitations').waitFor()
    await person.look('invitations-empty', look)
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Invite people' }).press('Enter')
    await dialog.getByLabel('E-mail addresses').fill(`Ada Lovelace <${ada}>\n${grace}, nobody`)
    await dialog.getByLabel('Role').selectOption({ label: 'Organization Admin' })
    await dialog.getByRole('button', { name: 'Invite 3 people' }).click()
    await dialog.getByText('“nobody” is no e-mail address').waitFor()
    await person.look('invite-people-refused', look)
    await dialog.getByLabel('E-mail addresses').fill(`Ada Lovelace <${ada}>\n${grace}`)
    await dialog.getByRole('button', { name: 'Invite 2 people' }).click()
    await page.getByRole('dialog', { name: '2 people are invited' }).waitFor()
    await dialog.getByText('No mail goes out from here').waitFor()
    await person.look('invitation-links', look)
    await dialog.getByRole('button', { name: `Copy ${ada}` }).click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: `Actions for ${grace}` }).waitFor()
    await person.look('invitations', look)

    const invited = await open(pathOf(link), { look })
    await invited.page.getByRole('heading', { name: 'Join Acme' }).waitFor()
    await invited.page.waitForURL(`${app.origin}/invitation`)
    await invited.look('invitation', look)
    await invited.page.getByLabel('Your name').fill('Ada Lovelace')
    await invited.page.getByRole('textbox', { name: 'Password' }).fill('short')
    await invited.page.keyboard.press('Enter')
    await invited.page
      .getByText(/at least 12 characters/)
      .nth(1)
      .waitFor()
    await invited.look('invitation-refused', look)
    await invited.page.reload()
    await invited.page.getByLabel('Your name').fill('Ada Lovelace')
    await invited.page.getByRole('textbox', { name: 'Password' }).fill('analytical engine 1843')
    await invited.page.keyboard.press('Enter')
    await invited.page.waitForURL(/\/organizations\/acme\/members/)
    await invited.page.locator('#page').getByText(ada).waitFor()
    await invited.page.getByRole('button', { name: 'Invite people' }).waitFor()
    await invited.look('members-inviting', look)
    await invited.close()

    const actions = page.getByRole('button', { name: `Actions for ${grace}` })
    await actions.click()
    await page.getByRole('menuitem', { name: 'Send again' }).click()
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await page.getByRole('dialog', { name: `${grace} is invited` }).waitFor()
    await person.look('invitation-sent-again', look)
    const again = await dialog.getByLabel(grace, { exact: true }).inputValue()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await actions.click()
    await page.getByRole('menuitem', { name: 'Revoke' }).click()
    await person.look('invitation-revoke', look)
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('No open invitations').waitFor()
    await person.close()

    for (const dead of [again, link]) {
      const late = await open(pathOf(dead), { look })
      await late.page.getByRole('heading', { name: 'This invitation is not valid any more' }).waitFor()
      await late.look('invitation-not-valid', look)
      await late.close()
    }
  })

  test('whoever is signed in as somebody else signs out first; whoever is the invited one joins with one click', async () => {
    const email = `zoe-${look.width}@new.example`
    const { acceptUrl } = await invite(owner, acme.id, email)
    const other = app.nobody()
    await other.run(
      'mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { membership { id } } }',
      {
        input: {
          token: (await invite(owner, globex.id, `other-${look.width}@new.example`)).token,
          password: 'somebody else altogether',
        },
      },
    )
    const person = await open(pathOf(acceptUrl), { as: other, look })
    const { page } = person
    await page.getByText('Sign out to accept it').waitFor()
    await person.look('invitation-somebody-else', look)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('textbox', { name: 'Password' }).fill('a password for zoe')
    await page.getByRole('button', { name: 'Join Acme' }).click()
    await page.waitForURL(/\/organizations\/acme\/members/)
    const second = await invite(owner, globex.id, email)
    await page.goto(pathOf(second.acceptUrl))
    await page.getByText(`You are signed in as ${email}.`).waitFor()
    await person.look('invitation-signed-in', look)
    await page.getByRole('button', { name: 'Join Globex' }).click()
    await page.waitForURL(/\/organizations\/globex\/members/)
    await person.close()
  })
})

test('whoever comes in through single sign-on joins by that, with no other click', async () => {
  for (const [user, role] of [
    ['sam@new.example', 'member'],
    ['sue@new.example', 'admin'],
  ] as const) {
    const { acceptUrl } = await invite(owner, globex.id, user, role)
    const person = await open(pathOf(acceptUrl))
    const { page } = person
    await page.getByRole('link', { name: 'Continue with Okta' }).waitFor()
    await page.getByRole('textbox', { name: 'Password' }).waitFor()
    await person.look('invitation-single-sign-on')
    await page.getByRole('link', { name: 'Continue with Okta' }).click()
    await page.getByLabel('User name').fill(user)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/organizations\/globex\/members/)
    await page.locator('#page').getByText(user).waitFor()
    expect(await page.getByRole('button', { name: 'Invite people' }).count()).toBe(role === 'admin' ? 1 : 0)
    await person.close()
  }
})

test('a session of one organization alone joins another, and is told how to enter it', async () => {
  const user = 'tess@new.example'
  const person = await open(pathOf((await invite(owner, globex.id, user)).acceptUrl))
  const { page } = person
  await page.getByRole('link', { name: 'Continue with Okta' }).click()
  await page.getByLabel('User name').fill(user)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/organizations\/globex\/members/)
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(pathOf((await invite(owner, initech.id, user)).acceptUrl))
  await page.getByRole('button', { name: 'Join Initech' }).press('Enter')
  await page.getByRole('heading', { name: 'You are a member of Initech now' }).waitFor()
  await person.look('invitation-joined-another', { scheme: 'light', width: 390 })
  await page.getByRole('link', { name: 'Continue with Keycloak' }).click()
  await page.getByLabel('User name').fill(user)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.origin === app.origin && !url.pathname.startsWith('/sso'))
  await person.close()
})

test('where single sign-on is required no password is asked for', async () => {
  const { acceptUrl } = await invite(owner, globex.id, 'only@new.example')
  await enforceSso(app, globex.id)
  const person = await open(pathOf(acceptUrl))
  await person.page.getByRole('link', { name: 'Continue with Okta' }).waitFor()
  expect(await person.page.getByRole('textbox').count()).toBe(0)
  await person.look('invitation-single-sign-on-required')
  await person.close()
})
