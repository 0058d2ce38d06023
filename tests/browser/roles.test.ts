import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { changeRole, createWorld, type World } from '../testkit/scenario.ts'

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

test('an owner makes a role, gives it, changes it, and deletes it in favour of another one', {
  timeout: 120_000,
}, async () => {
  const person = await Person.open(browser, app.origin, looks[0])
  await person.adopt(world.owner.cookieHeader, app.origin)
  const { page } = person
  const dialog = page.getByRole('dialog')
  await page.goto('/organizations/acme/roles')
  await page.getByRole('button', { name: 'New role' }).click()
  await dialog.getByLabel('Name').fill('Auditors')
  await dialog.getByLabel('See the audit log').check()
  await person.look('role-new')
  await dialog.getByRole('button', { name: 'Make role' }).click()
  const row = page.getByRole('row', { name: /^Auditors/ })
  await row.getByText('organization:read, member:read, auditEvent:read').waitFor()
  await person.look('roles')

  await page.goto('/organizations/acme/members')
  const mary = page.getByLabel('Role of Mary Member')
  await mary.selectOption({ label: 'Auditors' })
  await expect.poll(() => mary.inputValue()).toBe('auditors')
  await changeRole(world.owner, world.member.membershipId, 'auditors')

  await page.goto('/organizations/acme/roles')
  await row.getByRole('button', { name: 'Change Auditors' }).click()
  await dialog.getByLabel('See single sign-on').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row.getByText('sso:read').waitFor()

  await row.getByRole('button', { name: 'Delete Auditors' }).click()
  await dialog.getByLabel('Whoever has it becomes').selectOption({ label: 'Organization Admin' })
  await dialog.getByRole('button', { name: 'Delete role' }).click()
  await row.waitFor({ state: 'detached' })
  await page.goto('/organizations/acme/members')
  await expect.poll(() => mary.inputValue()).toBe('admin')
  await person.close()
})
