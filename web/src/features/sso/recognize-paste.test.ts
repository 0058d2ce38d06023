import { describe, expect, it } from 'vitest'
import { recognizePaste } from './recognize-paste.ts'

const entra = {
  idpSsoUrl: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/saml2',
  idpEntityId: 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/',
}

describe('recognizePaste', () => {
  it.each([
    [
      'as Entra’s page is copied',
      `Set up Acme\nLogin URL\n${entra.idpSsoUrl}\nMicrosoft Entra Identifier\n${entra.idpEntityId}\nLogout URL\n${entra.idpSsoUrl}`,
    ],
    [
      'with colons',
      `Login URL: ${entra.idpSsoUrl}\n Azure AD Identifier: ${entra.idpEntityId}\nLogout URL: ${entra.idpSsoUrl}`,
    ],
    [
      'from a table',
      `Login URL\t${entra.idpSsoUrl}\nMicrosoft Entra Identifier\t${entra.idpEntityId}\nLogout URL\t${entra.idpSsoUrl}`,
    ],
  ])('reads the set-up section of Entra %s', (_, text) => {
    expect(recognizePaste(text)).toEqual({ kind: 'values', values: { ...entra, idpSloUrl: entra.idpSsoUrl } })
  })

  it('reads what Okta and Google show', () => {
    expect(
      recognizePaste('Sign on URL\nhttps://acme.okta.com/app/x/exk1/sso/saml\nIssuer\nhttp://www.okta.com/exk1'),
    ).toEqual({
      kind: 'values',
      values: { idpSsoUrl: 'https://acme.okta.com/app/x/exk1/sso/saml', idpEntityId: 'http://www.okta.com/exk1' },
    })
    expect(
      recognizePaste(
        'SSO URL\nhttps://accounts.google.com/o/saml2/idp?idpid=C1\nEntity ID\nhttps://accounts.google.com/o/saml2?idpid=C1',
      ),
    ).toMatchObject({
      values: { idpEntityId: 'https://accounts.google.com/o/saml2?idpid=C1' },
    })
  })

  it('knows Entra’s addresses by their form, and takes another for that of metadata', () => {
    expect(recognizePaste(entra.idpSsoUrl)).toEqual({ kind: 'values', values: { idpSsoUrl: entra.idpSsoUrl } })
    expect(recognizePaste(entra.idpEntityId)).toEqual({ kind: 'values', values: { idpEntityId: entra.idpEntityId } })
    const url = 'https://idp.example/metadata'
    expect(recognizePaste(` ${url}\n`)).toEqual({ kind: 'metadataUrl', url })
  })

  it('knows metadata and certificates', () => {
    expect(recognizePaste('<?xml version="1.0"?><md:EntityDescriptor entityID="x"/>')).toMatchObject({
      kind: 'metadata',
    })
    expect(recognizePaste('-----BEGIN CERTIFICATE-----\nMIIx\n-----END CERTIFICATE-----')).toMatchObject({
      kind: 'certificate',
    })
    expect(recognizePaste(`MII${'A'.repeat(300)}`)).toMatchObject({ kind: 'certificate' })
  })

  it.each([
    ['AADSTS50105: Your administrator has configured the application …'],
    ['https://login.microsoftonline.com/common/error?code=50105'],
    ['-----BEGIN PRIVATE KEY-----\nMIIx\n-----END PRIVATE KEY-----'],
    ['good morning'],
  ])('leaves to the server to explain: %s', (text) => {
    expect(recognizePaste(text)).toEqual({ kind: 'other' })
  })

  it('has nothing to say of nothing', () => {
    expect(recognizePaste(' \n')).toEqual({ kind: 'nothing' })
  })
})
