import { describe, expect, test } from 'vitest'
import { initiatorsOf, parseOktaDomain } from './okta-domain.ts'

describe('parseOktaDomain', () => {
  test.each([
    ['acme.okta.com', 'acme.okta.com', 'https://acme.okta.com'],
    [' https://Acme.okta.com/ ', 'acme.okta.com', 'https://acme.okta.com'],
    ['http://acme.okta.com', 'acme.okta.com', 'https://acme.okta.com'],
    ['https://acme-admin.okta.com/admin/dashboard', 'acme.okta.com', 'https://acme.okta.com'],
    ['acme-admin.oktapreview.com', 'acme.oktapreview.com', 'https://acme.oktapreview.com'],
    ['acme-admin.okta-emea.com', 'acme.okta-emea.com', 'https://acme.okta-emea.com'],
    ['login.acme.example', 'login.acme.example', 'https://login.acme.example'],
    ['my-admin.acme.example', 'my-admin.acme.example', 'https://my-admin.acme.example'],
    ['https://acme.okta.com/oauth2/default', 'acme.okta.com', 'https://acme.okta.com/oauth2/default'],
    ['https://acme-admin.okta.com/oauth2/aus1x', 'acme.okta.com', 'https://acme.okta.com/oauth2/aus1x'],
    [
      'https://acme.okta.com/oauth2/default/.well-known/openid-configuration',
      'acme.okta.com',
      'https://acme.okta.com/oauth2/default',
    ],
    ['https://acme.okta.com/.well-known/openid-configuration', 'acme.okta.com', 'https://acme.okta.com'],
    ['https://acme.okta.com/oauth2/v1/authorize', 'acme.okta.com', 'https://acme.okta.com'],
    ['http://127.0.0.1:8106', '127.0.0.1:8106', 'http://127.0.0.1:8106'],
  ])('%s is %s', (text, oktaDomain, issuer) => {
    expect(parseOktaDomain(text)).toEqual({ oktaDomain, issuer })
  })

  test.each(['', 'acme', 'no host', 'https://', 'ftp://acme.okta.com', 'https://user@acme.okta.com', 'acme..okta.com'])(
    '%j is none',
    (text) => expect(parseOktaDomain(text)).toBeNull(),
  )
})

describe('initiatorsOf', () => {
  test('takes the organization for its custom authorization servers, and nobody else', () => {
    const custom = { issuer: 'https://acme.okta.com/oauth2/default', oktaDomain: 'acme.okta.com' }
    expect(initiatorsOf(custom)).toEqual([custom.issuer, 'https://acme.okta.com'])
    expect(initiatorsOf({ issuer: 'https://id.example/a', oktaDomain: null })).toEqual(['https://id.example/a'])
  })
})
