import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { createWorld, ownerPassword, signIn, type World } from '../testkit/scenario.ts'

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

async function byPassword(): Promise<GraphqlClient> {
  const client = app.nobody()
  await client.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email: 'owner@acme.example', password: ownerPassword },
  })
  return client
}

describe.each(looks)('sessions, $scheme, $width wide', (look) => {
  test('are seen and ended by their person', async () => {
    const [here, elsewhere] = [await byPassword(), await byPassword()]
    const person = await Person.open(browser, app.origin, look)
    await person.adopt(here.cookieHeader, app.origin)
    const { page } = person
    await page.goto('/organizations/acme/members')
    if (look.width === 390) await page.getByRole('button', { name: 'Open the navigation' }).click()
    await page.getByRole('button', { name: /Signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Your sessions' }).click()
    await page.getByText('This browser').waitFor()
    await person.look('your-sessions', look)
    await page.getByRole('button', { name: 'End all others' }).click()
    await page.getByRole('dialog').waitFor()
    await person.look('end-other-sessions', look)
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
    await page.locator('#page').getByRole('button', { name: 'End all others' }).waitFor({ state: 'hidden' })
    expect(await elsewhere.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
    expect(await page.getByText('This browser').count()).toBe(1)
    await person.close()
  })

  test('last as long as an owner says, and a stricter time is asked about', async () => {
    const owner = await byPassword()
    const person = await Person.open(browser, app.origin, look)
    await person.adopt(owner.cookieHeader, app.origin)
    const { page } = person
    await page.goto('/organizations/acme/settings')
    await page.getByLabel('Without use').selectOption({ label: '8 hours' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog', { name: 'Make sessions shorter?' }).waitFor()
    await person.look('session-policy', look)
    await page.getByRole('button', { name: 'Make them shorter' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.reload()
    expect(await page.getByLabel('Without use').inputValue()).toBe('480')
    await page.getByLabel('Without use').selectOption({ label: 'Usual (1 day)' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'hidden' })
    await person.close()
  })
})

test('a member’s sessions are ended from the list of members', async () => {
  const member = await signIn(app, world.idp, world.connection, world.member)
  const person = await Person.open(browser, app.origin)
  await person.adopt((await byPassword()).cookieHeader, app.origin)
  const { page } = person
  await page.goto('/organizations/acme/members')
  await page.getByRole('button', { name: 'Actions for Mary Member' }).click()
  await page.getByRole('menuitem', { name: 'End sessions' }).click()
  await page.getByRole('dialog', { name: 'End the sessions of Mary Member?' }).waitFor()
  await person.look('end-member-sessions')
  await page.getByRole('button', { name: 'End sessions' }).click()
  await page.getByText('Mary Member was signed out').waitFor()
  expect(await member.client.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
  await person.close()
})
