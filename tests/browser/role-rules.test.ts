import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { createWorld, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let browser: Browser
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const emailClaim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'
const ada = { subject: 'ada', email: 'ada@acme.example' }
const comeIn = (...groups: string[]) =>
  signIn(app, world.idp, world.connection, ada, {
    lies: {
      attributes: [
        [emailClaim, ada.email],
        ['groups', ...groups],
      ],
    },
  })
const roleOfAda = async (): Promise<string | undefined> => {
  const { organization } = await world.owner.run<{
    organization: { memberships: { nodes: { role: { key: string } }[] } }
  }>('{ organization(slug: "acme") { memberships(first: 1, query: "ada@acme.example") { nodes { role { key } } } } }')
  return organization.memberships.nodes[0]?.role.key
}

test.each(looks)(
  'an owner makes rules from groups, tries them, and sees who gets what ($scheme, $width)',
  {
    timeout: 120_000,
  },
  async (look) => {
    await world.owner.run(
      'mutation($input: SetRoleMappingsInput!) { setRoleMappings(input: $input) { connection { id } } }',
      { input: { connectionId: world.connection.id, mappings: [] } },
    )
    await comeIn('engineering', 'site-admins')
    const person = await Person.open(browser, app.origin, look)
    await person.adopt(world.owner.cookieHeader, app.origin)
    const { page } = person
    await page.goto(`/organizations/acme/settings/sso/${world.connection.id}`)
    await page.getByText('Sign-ins change no role').waitFor()
    await person.look('role-rules-none', look)

    await page.getByRole('button', { name: 'Add the first rule…' }).click()
    const dialog = page.getByRole('dialog')
    const rule = (number: number) => dialog.getByRole('listitem').filter({ hasText: `Rule ${number}` })
    await rule(1).getByLabel('Attribute or claim').fill('gro')
    // What arrived at the last sign-in is offered.
    await page.getByRole('option', { name: 'groups' }).click()
    await rule(1).getByLabel('Has the value').fill('e')
    await page.getByRole('option', { name: 'engineering' }).click()
    await dialog.getByRole('button', { name: 'Add rule' }).click()
    expect(await rule(2).getByLabel('Attribute or claim').inputValue()).toBe('groups')
    await dialog.getByRole('button', { name: 'Save rules' }).click()
    await rule(2).getByText('Enter the value that gives the role.').waitFor()
    await rule(2).getByLabel('Has the value').fill('site-admins')
    await page.keyboard.press('Escape')
    await rule(2).getByLabel('Gives the role').selectOption({ label: 'Organization Admin' })
    await rule(2).getByLabel('Label').fill('Site administrators')

    await dialog.getByRole('button', { name: 'Try these rules before saving' }).click()
    await dialog.getByLabel('E-mail address of a person').fill(ada.email)
    await dialog.getByRole('button', { name: 'What would happen?' }).click()
    await dialog.getByText('ada@acme.example would come in and stay Organization Member').waitFor()
    await dialog.getByRole('button', { name: 'Move rule 2 up' }).click()
    expect(await rule(1).getByLabel('Label').inputValue()).toBe('Site administrators')
    await dialog.getByRole('button', { name: 'What would happen?' }).click()
    await dialog.getByText('would come in and become Organization Admin').waitFor()
    await person.look('role-rules-dialog', look)
    await dialog.getByRole('button', { name: 'Save rules' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Site administrators').waitFor()
    await person.look('role-rules', look)

    await comeIn('engineering', 'site-admins')
    expect(await roleOfAda()).toBe('admin')
    await page.getByLabel('E-mail address of a person').fill('nobody@acme.example')
    await page.keyboard.press('Enter')
    await page.getByText('nobody@acme.example would come in as Organization Member').waitFor()
    await person.look('simulated-sign-in', look)

    await page
      .getByRole('button', { name: /^Details of the attempt of ada/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'What would it do now?' }).click()
    await page.getByText('ada@acme.example would come in and stay Organization Admin').waitFor()

    await page.goto('/organizations/acme/members')
    await page.getByText('given by a rule of single sign-on').waitFor()
    await page.getByRole('button', { name: 'Actions for ada@acme.example' }).click()
    await page.getByRole('menuitem', { name: 'Explain access' }).click()
    await dialog.getByText('Allowed', { exact: true }).waitFor()
    await dialog.getByLabel('To do what').selectOption({ label: 'Manage single sign-on' })
    await dialog.getByText('Organization Admin does not include “Manage single sign-on”').waitFor()
    await person.look('explain-access', look)
    await comeIn('engineering')
    expect(await roleOfAda()).toBe('member')
    await person.close()
  },
)
