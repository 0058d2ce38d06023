import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

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

const tenant = '11111111-2222-3333-4444-555555555555'
const login = `https://login.microsoftonline.com/${tenant}/saml2`
const issuer = `https://sts.windows.net/${tenant}/`

test.each(looks)(
  'one box takes whatever the identity provider shows ($scheme, $width)',
  { timeout: 60_000 },
  async (look) => {
    const person = await Person.open(browser, app.origin, look)
    await person.adopt(world.owner.cookieHeader, app.origin)
    const { page } = person
    await page.goto(`/organizations/acme/settings/sso/${world.connection.id}`)
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const dialog = page.getByRole('dialog')
    const box = dialog.getByLabel('Paste anything you have')
    const field = (label: string) => dialog.getByLabel(label, { exact: true })

    // Entra's section, as it is selected and copied.
    await box.fill(`Set up Acme\nLogin URL\n${login}\nMicrosoft Entra Identifier\n${issuer}\nLogout URL\n${login}`)
    await dialog.getByText('Filled in: Single Sign-On URL').waitFor()
    expect(await field('Single Sign-On URL').inputValue()).toBe(login)
    expect(await field('Identity provider’s Entity ID (issuer)').inputValue()).toBe(issuer)
    await person.look('paste-entra', look)

    const { certificate } = await createSigningKey({ name: 'Pasted' })
    await box.fill(certificate)
    await dialog.getByText('Filled in: Certificate.').waitFor()
    await dialog.getByText('CN=Pasted').waitFor()

    const body = certificate.replace(/-----[^-]+-----/g, '').replace(/\s/g, '')
    await box.fill(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/pasted">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${body}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/pasted/sso"/>
</IDPSSODescriptor></EntityDescriptor>`)
    await expect.poll(() => field('Single Sign-On URL').inputValue()).toBe('https://idp.example/pasted/sso')

    // An error is explained, and touches no field.
    await box.fill('AADSTS50105: Your administrator has configured the application to block users.')
    await dialog.getByText('AADSTS50105').nth(1).waitFor()
    expect(await field('Single Sign-On URL').inputValue()).toBe('https://idp.example/pasted/sso')
    await person.look('paste-error', look)

    await box.fill('https://idp.invalid/metadata')
    await dialog
      .getByText(/could not be|cannot be/)
      .first()
      .waitFor()
    await box.fill('')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await person.close()
  },
)
