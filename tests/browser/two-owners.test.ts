import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { signInByPassword } from '../testkit/enforcement.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { connectOidc, connectOkta } from '../testkit/oidc-scenario.ts'
import { OpenIdProvider } from '../testkit/openid-provider.ts'
import { completeSetup, connect } from '../testkit/scenario.ts'

let browser: Browser
let app: TestApp
let idp: OpenIdProvider
const connections = new Map<string, string>()
beforeAll(async () => {
  browser = await launchBrowser()
  app = await startTestApp({ environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  idp = await OpenIdProvider.start()
  const { organization, owner } = await completeSetup(app)
  connections.set('Okta Workforce', (await connectOkta(owner, organization.id, idp)).id)
  connections.set('OpenID Connect', (await connectOidc(owner, organization.id, idp)).id)
  connections.set('SAML 2.0', (await connect(owner, organization.id, await IdentityProvider.create())).id)
})
afterAll(async () => {
  await idp.close()
  await app.close()
  await browser.close()
})

/** An owner with the dialog of a connection open. */
async function openDialog(connectionId: string, look = looks[0]): Promise<{ person: Person; dialog: Locator }> {
  const person = await Person.open(browser, app.origin, look)
  await person.adopt((await signInByPassword(app)).cookieHeader, app.origin)
  const { page } = person
  await page.goto(`/organizations/acme/settings/sso/${connectionId}`)
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).waitFor()
  return { person, dialog }
}
const fill = (dialog: Locator, label: string, value: string) => dialog.getByLabel(label, { exact: true }).fill(value)
const read = (dialog: Locator, label: string) => dialog.getByLabel(label, { exact: true }).inputValue()
const save = (dialog: Locator) => dialog.getByRole('button', { name: 'Save', exact: true }).click()

const rows = [
  { protocol: 'Okta Workforce', field: 'Client ID', mine: '0oaAnotherClient' },
  { protocol: 'OpenID Connect', field: 'Client ID', mine: '0oaAnotherClient' },
  { protocol: 'SAML 2.0', field: 'Single Sign-On URL', mine: 'https://idp.example/another' },
] as const

/** The second one comes back to a form that somebody else has saved meanwhile. */
async function collide({ protocol, field, mine }: (typeof rows)[number], theirName: string, look = looks[0]) {
  const id = connections.get(protocol) ?? ''
  const [first, second] = [await openDialog(id), await openDialog(id, look)]
  await fill(first.dialog, 'Name', theirName)
  await save(first.dialog)
  await first.person.page.getByRole('heading', { name: `Saved: ${theirName}` }).waitFor()
  await first.person.close()
  await fill(second.dialog, field, mine)
  await save(second.dialog)
  const { dialog } = second
  await dialog.getByText('owner@acme.example changed this connection in the meantime').waitFor()
  await dialog.getByText(`Name: now ${theirName}`).waitFor()
  expect(await read(dialog, field)).toBe(mine)
  return second
}

describe.each(rows)('two owners who change a connection with $protocol at once', (row) => {
  const { protocol, field, mine } = row

  test('the second may load what the first saved', async () => {
    const { person, dialog } = await collide(row, 'Their name')
    await dialog.getByRole('button', { name: 'Load their version' }).click()
    expect(await read(dialog, 'Name')).toBe('Their name')
    expect(await read(dialog, field)).not.toBe(mine)
    await fill(dialog, 'Name', 'A name on top of theirs')
    await save(dialog)
    await person.page.getByRole('heading', { name: 'Saved: A name on top of theirs' }).waitFor()
    await person.close()
  })

  test('or save what they typed on top of it', async () => {
    const { person, dialog } = await collide(row, 'Their other name')
    await dialog.getByRole('button', { name: 'Keep mine and save' }).click()
    await person.page.getByRole('heading', { name: 'Saved: Their other name' }).waitFor()
    await person.close()
    const { person: again, dialog: saved } = await openDialog(connections.get(protocol) ?? '')
    expect(await read(saved, 'Name')).toBe('Their other name')
    expect(await read(saved, field)).toBe(mine)
    await again.close()
  })
})

test.each(looks)('the choice is good to look at in $scheme at $width', async (look) => {
  const { person } = await collide(rows[0], `Seen ${look.scheme} at ${look.width}`, look)
  await person.look('two-owners', look)
  await person.close()
})
