import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { changeRole, createAccessToken, createWorld, joinBySso, type World } from '../testkit/scenario.ts'

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

type Membership = { role: { key: string }; roleExpiresAt: string | null; rolePinned: boolean }
async function membership(id: string): Promise<Membership | null> {
  const { node } = await world.owner.run<{ node: Membership | null }>(
    'query($id: ID!) { node(id: $id) { ... on Membership { role { key } roleExpiresAt rolePinned } } }',
    { id },
  )
  return node
}

test.each(looks)(
  'an owner gives a role until a day, unpinned, and takes over tokens of whom they remove ($scheme, $width)',
  {
    timeout: 120_000,
  },
  async (look) => {
    const subject = `terms-${look.scheme}-${look.width}`
    const member = await joinBySso(app, world.idp, world.connection, {
      subject,
      email: `${subject}@acme.example`,
      name: subject,
    })
    const person = await Person.open(browser, app.origin, look)
    await person.adopt(world.owner.cookieHeader, app.origin)
    const { page } = person
    const dialog = page.getByRole('dialog')
    await page.goto(`/organizations/acme/members?q=${subject}`)
    await page.getByRole('button', { name: `Actions for ${subject}` }).click()
    await page.getByRole('menuitem', { name: 'Role and its end…' }).click()
    await dialog.getByLabel('Role', { exact: true }).selectOption({ label: 'Organization Admin' })
    await dialog.getByLabel('Until').fill('2020-01-01')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Choose a time in the future, or none.').waitFor()
    await dialog.getByLabel('Until').fill('2199-12-31')
    await dialog.getByLabel('Sign-ins leave the role as it is').uncheck()
    await person.look('role-terms', look)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page
      .getByRole('row', { name: new RegExp(subject) })
      .getByText('chosen by an owner or admin, sign-ins may change it, until')
      .waitFor()
    expect(await membership(member.membershipId)).toMatchObject({ role: { key: 'admin' }, rolePinned: false })
    const end = new Date((await membership(member.membershipId))?.roleExpiresAt ?? '')
    expect(end.getFullYear()).toBe(2199)
    await person.look('members-with-terms', look)

    const { id } = await createAccessToken(member.client, world.organization.id, 'member')
    await changeRole(world.owner, member.membershipId, 'admin')
    await page.goto('/organizations/acme/access-tokens')
    await page.getByRole('button', { name: 'Take over member token' }).first().waitFor()
    await person.look('access-tokens-of-others', look)
    await page.goto(`/organizations/acme/members?q=${subject}`)
    await page.getByRole('button', { name: `Actions for ${subject}` }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await dialog.getByText('Their access tokens are revoked:').waitFor()
    await dialog.getByLabel('Take them over instead').check()
    await dialog.getByText('You will answer for their access tokens:').waitFor()
    await person.look('remove-member', look)
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { node } = await world.owner.run<{ node: { createdBy: { email: string } } }>(
      'query($id: ID!) { node(id: $id) { ... on AccessToken { createdBy { email } } } }',
      { id },
    )
    expect(node.createdBy.email).toBe('owner@acme.example')
    await page.goto('/organizations/acme/invitations')
    await page.getByRole('heading', { name: 'Invitations', exact: true }).waitFor()
    await person.look('invitations-in-menu', look)
    await person.close()
  },
)
