import { describe, expect, test } from 'vitest'
import { guessIdentityProvider } from './guess-identity-provider.ts'

const unknown = { idpSsoUrl: null, idpEntityId: null }

describe('guessIdentityProvider', () => {
  test.each([
    ['https://login.microsoftonline.com/0f1e/saml2', 'ENTRA'],
    ['https://login.microsoftonline.us/0f1e/saml2', 'ENTRA'],
    ['https://acme.okta.com/app/acme_gatehouse_1/exk1/sso/saml', 'OKTA'],
    ['https://acme.oktapreview.com/app/x/sso/saml', 'OKTA'],
    ['https://accounts.google.com/o/saml2/idp?idpid=C01', 'GOOGLE'],
    ['https://sts.acme.example/adfs/ls/', 'ADFS'],
    ['https://id.acme.example/realms/acme/protocol/saml', 'KEYCLOAK'],
    ['https://id.acme.example/auth/realms/acme/protocol/saml', 'KEYCLOAK'],
    ['https://idp.acme.example/sso', 'OTHER'],
  ])('tells by the Single Sign-On URL %s that it is %s', (idpSsoUrl, expected) => {
    expect(guessIdentityProvider({ ...unknown, idpSsoUrl })).toBe(expected)
  })

  test.each([
    ['https://sts.windows.net/0f1e/', 'ENTRA'],
    ['http://www.okta.com/exk1', 'OKTA'],
    ['https://accounts.google.com/o/saml2?idpid=C01', 'GOOGLE'],
    ['http://sts.acme.example/adfs/services/trust', 'ADFS'],
    ['https://id.acme.example/realms/acme', 'KEYCLOAK'],
    ['urn:acme:idp', 'OTHER'],
    ['acme', 'OTHER'],
  ])('tells by the entity ID %s that it is %s, when the URL does not', (idpEntityId, expected) => {
    expect(guessIdentityProvider({ ...unknown, idpEntityId })).toBe(expected)
    expect(guessIdentityProvider({ idpSsoUrl: 'https://proxy.acme.example/sso', idpEntityId })).toBe(expected)
  })

  test.each([
    'https://login.microsoftonline.com.evil.example/saml2',
    'https://notokta.com/sso',
    'https://acme.okta.com.evil.example/sso',
    'https://evil.example/accounts.google.com',
  ])('is not led astray by %s', (idpSsoUrl) => {
    expect(guessIdentityProvider({ ...unknown, idpSsoUrl })).toBe('OTHER')
  })

  test('knows nothing of a connection that has nothing yet', () => {
    expect(guessIdentityProvider(unknown)).toBe('OTHER')
  })
})
