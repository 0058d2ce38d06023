import { expect, test } from 'vitest'
import { isEntraTenantWideMetadataUrl } from './entra-metadata-url.ts'

const tenant = '8f1c6a52-1c9e-4f5b-9a3a-1f2e3d4c5b6a'
const path = `/${tenant}/federationmetadata/2007-06/federationmetadata.xml`
const appId = '?appid=0f5d2c1a-9b7e-4c3d-8a6f-5e4d3c2b1a09'

const hosts = [
  'login.microsoftonline.com',
  'login.windows.net',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login-us.microsoftonline.com',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'contoso.ciamlogin.com',
  'LOGIN.MicrosoftOnline.com',
  'login.microsoftonline.com.',
]

test.each(hosts)('%s without an appid is the metadata of the whole tenant', (host) => {
  expect(isEntraTenantWideMetadataUrl(`https://${host}${path}`)).toBe(true)
  expect(isEntraTenantWideMetadataUrl(`https://${host}${path}${appId}`)).toBe(false)
})

test.each([
  ['an empty appid', `https://login.microsoftonline.com${path}?appid=`],
  ['another parameter', `https://login.microsoftonline.com${path}?api-version=1.0`],
  [
    'the names that older guides use',
    'https://login.microsoftonline.com/contoso.com/FederationMetadata/2007-06/FederationMetadata.xml',
  ],
  ['the common tenant', 'https://login.microsoftonline.com/common/federationmetadata/2007-06/federationmetadata.xml'],
])('so is an address with %s', (_what, url) => expect(isEntraTenantWideMetadataUrl(url)).toBe(true))

test.each([
  ['an appid in other letter case', `https://login.microsoftonline.com${path}${appId.replace('appid', 'AppId')}`],
  ['another identity provider', `https://idp.example${path}`],
  ['a host that only ends alike', `https://evil-login.microsoftonline.com.example${path}`],
  ['another document', `https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`],
  ['no address at all', 'login.microsoftonline.com'],
])('not so: %s', (_what, url) => expect(isEntraTenantWideMetadataUrl(url)).toBe(false))
