import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { type Look, launchBrowser, looks, Person } from '../testkit/browser.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import {
  answerTo,
  connect,
  createAccessToken,
  createWorld,
  follow,
  joinBySso,
  post,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let fresh: TestApp
let world: World
let browser: Browser
beforeAll(async () => {
  fresh = await startTestApp({ environment: { SETUP_TOKEN: '0123456789abcdef' } })
  app = await startTestApp()
  world = await createWorld(app)
  browser = await launchBrowser()
  for (const name of ['Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov']) {
    const subject = name.split(' ')[0]?.toLowerCase() ?? ''
    await joinBySso(app, world.idp, world.connection, { subject, email: `${subject}@acme.example`, name })
  }
  await signIn(
    app,
    world.idp,
    world.connection,
    { subject: 'x', email: 'x@acme.example' },
    { lies: { audiences: [['https://x.example']] } },
  )
  await createAccessToken(world.owner, world.organization.id, 'admin')
})
afterAll(async () => {
  await browser.close()
  await app.close()
  await fresh.close()
})

/** A browser in which somebody is signed in. */
async function personOf(who: 'owner' | 'member' | 'nobody', look: Look): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  if (who === 'owner') await person.adopt(world.owner.cookieHeader, app.origin)
  if (who === 'member') await person.adopt(world.member.client.cookieHeader, app.origin)
  return person
}

/** Where an owner's page is, and what must be on it before it is looked at. */
const pages: [name: string, path: string, sign: string | RegExp][] = [
  ['members', '/organizations/acme/members', 'grace@acme.example'],
  ['members-nobody-matches', '/organizations/acme/members?q=zzz', 'Nobody matches'],
  ['settings', '/organizations/acme/settings', 'Single Sign-On (SSO)'],
  ['settings-empty', '/organizations/umbrella/settings', 'No identity provider is connected'],
  ['access-tokens', '/organizations/acme/access-tokens', 'admin token'],
  ['audit-log', '/organizations/acme/audit-log', 'accessToken.created'],
  ['audit-log-nothing-matches', '/organizations/acme/audit-log?q=zzz', 'Nothing matches'],
  ['not-found', '/organizations/unknown/members', /not found|no such|does not exist|There is/i],
]

describe.each(looks)('screens, $scheme, $width wide', (look) => {
  test('before anybody is signed in', async () => {
    const person = await Person.open(browser, app.origin, look)
    await person.page.goto('/sign-in')
    await person.page.getByRole('button', { name: 'Continue' }).waitFor()
    await person.look('sign-in', look)
    await person.page.getByLabel('E-mail address').fill('owner@acme.example')
    await person.page.getByRole('button', { name: 'Continue' }).click()
    await person.page.getByLabel('Password', { exact: true }).fill('wrong')
    await person.page.getByRole('button', { name: 'Sign in' }).click()
    await person.page.getByText('do not match').waitFor()
    await person.look('sign-in-refused', look)
    await person.close()
  })

  test('setup', async () => {
    const person = await Person.open(browser, fresh.origin, look)
    await person.page.goto('/setup?token=0123456789abcdef')
    await person.page.getByLabel('Organization name').fill('Acme')
    await person.look('setup', look)
    await person.close()
  })

  test('of an owner', async () => {
    if (look === looks[0]) {
      await world.owner.run(
        'mutation { createOrganization(input: { name: "Umbrella", slug: "umbrella" }) { organization { id } } }',
      )
    }
    const person = await personOf('owner', look)
    for (const [name, path, sign] of pages) {
      await person.page.goto(path)
      await person.page.getByText(sign).first().waitFor()
      await person.look(name, look)
    }
    await person.close()
  })

  test('the way through the dialog', async () => {
    const person = await personOf('owner', look)
    const { page } = person
    await page.goto('/organizations/umbrella/settings')
    await page.getByRole('button', { name: 'Configure' }).click()
    await page.getByRole('button', { name: /^SAML 2\.0/ }).waitFor()
    await person.look('configure-choice', look)
    await page.getByRole('button', { name: /^SAML 2\.0/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Redirect URL', { exact: true }).waitFor()
    await person.look('configure-form', look)
    await dialog.getByLabel('Single Sign-On URL', { exact: true }).fill('nonsense')
    await dialog.getByLabel('Certificate', { exact: true }).fill('-----BEGIN PRIVATE KEY-----')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('must be a whole address').waitFor()
    await dialog.getByText('This is a private key').first().waitFor()
    await person.look('configure-wrong', look)
    await dialog.getByLabel('Single Sign-On URL', { exact: true }).fill('https://idp.example/sso')
    await dialog.getByLabel('Certificate', { exact: true }).fill(world.idp.certificate)
    await dialog.getByText('SHA-256').first().waitFor()
    await person.look('configure-certificate', look)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('Saved:').waitFor()
    await person.look('configure-saved', look)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').waitFor()
    await person.look('delete-connection', look)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Delete/ })
      .click()
    await page.getByText('No identity provider is connected').waitFor()
    await person.close()
  })

  test('a connection with its attempts', async () => {
    const person = await personOf('owner', look)
    await person.page.goto(`/organizations/acme/settings/sso/${world.connection.id}`)
    await person.page
      .getByRole('button', { name: /^Details of the attempt/ })
      .last()
      .waitFor()
    for (const toggle of await person.page
      .getByRole('button', { name: /^Details of the attempt of Somebody unknown|^Details of the attempt of x/ })
      .all())
      await toggle.click()
    await person.page.getByText('Used as').first().waitFor()
    await person.look('connection', look)
    await person.page.getByRole('button', { name: 'Edit' }).click()
    const dialog = person.page.getByRole('dialog')
    for (const name of ['Single logout', 'Sign-in and encryption', 'Attributes']) {
      await dialog.getByRole('button', { name }).click()
    }
    await dialog.getByText('Used as').first().waitFor()
    await dialog.getByLabel('Subject', { exact: true }).fill('displayName')
    await dialog.getByLabel('Full name', { exact: true }).focus()
    await person.look('configure-more', look)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('by the subject as it is now').waitFor()
    await person.look('configure-subject', look)
    await person.close()
  })

  test('the question before a sign-in that the identity provider started', async () => {
    const connection = await connect(world.owner, world.organization.id, world.idp, {
      name: `Tile ${look.scheme} ${look.width}`,
      allowIdpInitiated: true,
    })
    const session = new BrowserSession(app.origin)
    const started = { browser: session, requestId: '', connection }
    const answer = answerTo(app, started, { subject: 'tina', email: 'tina@acme.example' }, { inResponseTo: null })
    const posted = await post(session, connection, world.idp.response(answer))
    const asked = 'location' in posted ? await follow(session, posted.location) : posted
    if (!('location' in asked)) throw new Error(asked.refused)
    const person = await personOf('member', look)
    await person.adopt(session.cookieHeader(), app.origin)
    await person.page.goto(asked.location)
    await person.page.getByRole('heading', { name: 'Continue to sign in?' }).waitFor()
    await person.look('confirm', look)
    await person.close()
  })

  test('dialogs about members and tokens', async () => {
    const person = await personOf('owner', look)
    const { page } = person
    await page.goto('/organizations/acme/members')
    await page.getByRole('button', { name: 'Actions for Grace Hopper' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).waitFor()
    await person.look('member-menu', look)
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('dialog').waitFor()
    await person.look('remove-member', look)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.goto('/organizations/acme/access-tokens')
    await page.getByRole('button', { name: 'New token' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill(`Terraform ${look.scheme} ${look.width}`)
    await person.look('new-token', look)
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByText('It is not shown again').waitFor()
    // The secret is shown once: neither Escape nor a click beside it takes it away.
    await page.keyboard.press('Escape')
    expect(await page.getByLabel('Secret', { exact: true }).inputValue()).toMatch(/^gatehouse_/)
    await person.look('token-secret', look)
    await page.getByRole('button', { name: 'I have stored it' }).click()
    await page.getByText(`Terraform ${look.scheme} ${look.width}`).waitFor()
    await person.close()
  })

  test('the menus', async () => {
    const person = await personOf('owner', look)
    const { page } = person
    await page.goto('/organizations/acme/members')
    await page.getByText('grace@acme.example').waitFor()
    if (look.width === 390) await page.getByRole('button', { name: 'Open the navigation' }).click()
    await page.getByRole('button', { name: /Signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    await person.look('user-menu', look)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Switch the organization/ }).click()
    await page.getByRole('menuitem', { name: 'New organization' }).click()
    await page.getByRole('dialog', { name: 'New organization' }).waitFor()
    await person.look('new-organization', look)
    await person.close()
  })

  test.runIf(look.width === 390)(
    'Escape closes a menu of the drawer, then the drawer, wherever the focus is',
    async () => {
      const person = await personOf('owner', look)
      const { page } = person
      await page.goto('/organizations/acme/members')
      await page.getByText('grace@acme.example').waitFor()
      await page.getByRole('button', { name: 'Open the navigation' }).click()
      for (const name of [/Signed in as/, /Switch the organization/]) {
        const button = page.getByRole('button', { name })
        await button.click()
        await page.getByRole('menu').waitFor()
        await button.focus()
        await page.keyboard.press('Escape')
        await page.getByRole('menu').waitFor({ state: 'hidden' })
        await button.waitFor()
      }
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Close the navigation' }).waitFor({ state: 'hidden' })
      await person.close()
    },
  )

  test('of a member, who may see little', async () => {
    const person = await personOf('member', look)
    for (const [name, path, sign] of [
      ['members-as-member', '/organizations/acme/members', 'grace@acme.example'],
      ['settings-as-member', '/organizations/acme/settings', 'owner'],
      ['audit-log-as-member', '/organizations/acme/audit-log', 'Your role does not let you see this'],
    ] as const) {
      await person.page.goto(path)
      await person.page.getByText(sign).first().waitFor()
      await person.look(name, look)
    }
    await person.close()
  })

  test('a refused sign-in, and an account to connect', async () => {
    const person = await Person.open(browser, app.origin, look)
    await person.page.goto('/sso/sso_unknown/login')
    await person.look('sign-in-failed', look)
    const started = await startSignIn(app, world.connection)
    const claim = answerTo(app, started, {
      subject: `claims-${look.scheme}-${look.width}`,
      email: 'owner@acme.example',
    })
    const posted = await post(started.browser, world.connection, world.idp.response(claim))
    const completed = 'location' in posted ? await follow(started.browser, posted.location) : posted
    if (!('location' in completed)) throw new Error(completed.refused)
    await person.adopt(started.browser.cookieHeader(), app.origin)
    await person.page.goto(completed.location)
    await person.page.getByText('owner@acme.example').first().waitFor()
    await person.look('link-account', look)
    await person.close()
  })
})
