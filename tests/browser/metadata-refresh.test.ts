import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { createSigningKey, type SigningKey } from '../testkit/certificates.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type MetadataSite, startMetadataSite } from '../testkit/metadata-site.ts'
import { changeRole, completeSetup, connect, joinBySso, type Organization } from '../testkit/scenario.ts'

let app: TestApp
let browser: Browser
let site: MetadataSite
let owner: GraphqlClient
let organization: Organization
let idp: IdentityProvider
let next: SigningKey
beforeAll(async () => {
  app = await startTestApp({ environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  const setup = await completeSetup(app)
  owner = setup.owner
  organization = setup.organization
  site = await startMetadataSite()
  idp = await IdentityProvider.create()
  next = await createSigningKey({ name: 'Next' })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
  await app.close()
})

const newUrl = 'https://new.idp.example/sso'

/** A connection whose metadata has moved on: a new certificate instead of the old one, and another address. */
async function rotating(): Promise<string> {
  site.publish(idp.metadata())
  const { id } = await connect(owner, organization.id, idp, { idpMetadataUrl: site.url })
  site.publish(idp.metadata({ keys: [next], ssoUrl: newUrl }))
  await app.runJobs()
  return id
}

async function open(client: GraphqlClient, id: string, look = looks[0]): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  await person.adopt(client.cookieHeader, app.origin)
  await person.page.goto(`/organizations/acme/settings/sso/${id}`)
  await person.page.getByRole('heading', { name: 'Metadata', exact: true }).waitFor()
  return person
}

describe('an identity provider that changes its certificate', () => {
  test('an owner trusts the new one, takes over the address, and removes the old one', async () => {
    const id = await rotating()
    const person = await open(owner, id)
    const { page } = person
    const dialog = page.getByRole('dialog')
    const trusted = async () => {
      const { node } = await owner.run<{
        node: { idpSsoUrl: string; idpCertificates: { fingerprintSha256: string }[] }
      }>(
        'query($id: ID!) { node(id: $id) { ... on SamlConnection { idpSsoUrl idpCertificates { fingerprintSha256 } } } }',
        { id },
      )
      return [node.idpSsoUrl, ...node.idpCertificates.map(({ fingerprintSha256 }) => fingerprintSha256)]
    }
    await page.getByText('The metadata announces a new certificate').waitFor()
    await page.getByText('No longer in the metadata').waitFor()
    expect(await page.getByRole('button', { name: 'Remove…' }).count()).toBe(0)

    await page.getByRole('button', { name: 'Trust…' }).click()
    await dialog.getByText(next.fingerprint).waitFor()
    await dialog.getByRole('button', { name: 'Trust this certificate' }).click()
    await page.getByText('The metadata announces a new certificate').waitFor({ state: 'hidden' })
    expect(await trusted()).toEqual([idp.ssoUrl, idp.signer.fingerprint, next.fingerprint])

    await page.getByRole('button', { name: 'Use this URL…' }).click()
    await dialog.getByText(newUrl).waitFor()
    await dialog.getByRole('button', { name: 'Use this URL' }).click()
    await page.getByText('The metadata names another Single Sign-On URL').waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'Remove…' }).click()
    await dialog.getByText(idp.signer.fingerprint).waitFor()
    await dialog.getByRole('button', { name: 'Remove the certificate' }).click()
    await page.getByText('It says what the settings say.').waitFor()
    expect(await trusted()).toEqual([newUrl, next.fingerprint])
    await person.close()
  })

  test('an owner has it read at once, sees a problem, and stops the reading', async () => {
    const id = await rotating()
    const person = await open(owner, id)
    const { page } = person
    site.publish(503)
    await page.getByRole('button', { name: 'Read it now' }).click()
    await page.getByText('The metadata could not be read again').waitFor()
    await page.getByText('answered with status 503').waitFor()
    site.publish(idp.metadata())
    await page.getByRole('button', { name: 'Read it now' }).click()
    await page.getByText('It says what the settings say.').waitFor()
    await page.getByRole('button', { name: 'Stop reading it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop reading it' }).click()
    await page.getByRole('heading', { name: 'Metadata', exact: true }).waitFor({ state: 'hidden' })
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await person.close()
  })

  test('an admin sees what waits, and that it is an owner’s to settle', async () => {
    site.publish(idp.metadata())
    const connection = await connect(owner, organization.id, idp, { name: 'For the admin' })
    const admin = await joinBySso(app, idp, connection, { subject: 'adam', email: 'adam@acme.example' })
    await changeRole(owner, admin.membershipId, 'admin')
    const person = await open(admin.client, await rotating())
    await person.page.getByText('sign-ins are refused until an owner confirms it').waitFor()
    for (const name of ['Trust…', 'Use this URL…', 'Read it now', 'Stop reading it']) {
      expect(await person.page.getByRole('button', { name }).count()).toBe(0)
    }
    await person.close()
  })
})

test.each(looks)('looks right, $scheme, $width wide', async (look) => {
  const id = await rotating()
  const person = await open(owner, id, look)
  await person.page.getByText('The metadata announces a new certificate').waitFor()
  await person.look('metadata-news', look)
  await person.page.getByRole('button', { name: 'Trust…' }).click()
  await person.page.getByRole('dialog').getByText(next.fingerprint).waitFor()
  await person.look('metadata-trust', look)
  await person.page.keyboard.press('Escape')
  await person.page.getByRole('dialog').waitFor({ state: 'hidden' })
  site.publish(503)
  await person.page.getByRole('button', { name: 'Read it now' }).click()
  await person.page.getByText('answered with status 503').waitFor()
  await person.look('metadata-problem', look)
  await person.close()
})
