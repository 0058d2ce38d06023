import { beforeAll, describe, expect, test } from 'vitest'
import { isEntraTenantWideMetadataUrl } from '../../server/src/sso/saml/entra-metadata-url.ts'
import { readIdpMetadata } from '../../server/src/sso/saml/idp-metadata.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
let idp: IdentityProvider
let metadata: string
beforeAll(async () => {
  idp = await IdentityProvider.create()
  metadata = idp.metadata()
})

const read = (xml: string): string => {
  const outcome = readIdpMetadata(xml, now)
  return outcome.ok ? 'read' : outcome.reason
}

/** Twenty elements inside one another, of which each declares 60 namespaces and `hides` what looks like its end. */
function crowded(hides: (level: number) => string): string {
  const levels = Array.from({ length: 20 }, (_, level) => {
    const namespaces = Array.from({ length: 60 }, (_unused, n) => ` xmlns:n${level}x${n}="urn:${n}"`).join('')
    return `<x${level}${namespaces}>${hides(level)}`
  })
  const ends = levels.map((_, level) => `</x${level}>`).reverse()
  return metadata.replace('</md:EntityDescriptor>', `${levels.join('')}${ends.join('')}</md:EntityDescriptor>`)
}

describe('an identity provider’s metadata', () => {
  test('gives the three values of the dialog', () => {
    expect(readIdpMetadata(metadata, now)).toMatchObject({
      ok: true,
      idpEntityId: idp.entityId,
      idpSsoUrl: idp.ssoUrl,
      certificates: [{ fingerprintSha256: idp.signer.fingerprint }],
    })
  })

  test.each<[string, () => string]>([
    ['with a byte order mark', () => `\uFEFF${metadata}`],
    ['whose key says no use', () => metadata.replace(' use="signing"', '')],
    [
      'inside a list of one',
      () =>
        `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${metadata.slice(metadata.indexOf('<md:Entity'))}</md:EntitiesDescriptor>`,
    ],
  ])('%s is read', (_what, xml) => {
    expect(read(xml())).toBe('read')
  })

  test('during a change of keys gives both of them', async () => {
    const next = await createSigningKey()
    const descriptor = /<md:KeyDescriptor.*?<\/md:KeyDescriptor>/s.exec(metadata)?.[0] ?? ''
    const second = descriptor.replace(
      /<ds:X509Certificate>.*?</s,
      `<ds:X509Certificate>${next.der.toString('base64')}<`,
    )
    const outcome = readIdpMetadata(metadata.replace(descriptor, descriptor + second), now)
    expect(outcome.ok && outcome.certificates.map(({ fingerprintSha256 }) => fingerprintSha256)).toEqual([
      idp.signer.fingerprint,
      next.fingerprint,
    ])
  })

  test.each<[string, () => string, string]>([
    ['a web page', () => '<!DOCTYPE html><html><body>Sign in</body></html>', 'HTML'],
    ['no XML', () => 'hello', 'NOT_XML'],
    ['cut off', () => metadata.slice(0, 500), 'NOT_XML'],
    [
      'with a document type',
      () => `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>${metadata.slice(metadata.indexOf('<md:'))}`,
      'NOT_XML',
    ],
    [
      'that would take long to read',
      () =>
        metadata.replace(
          '<md:EntityDescriptor ',
          `<md:EntityDescriptor ${Array.from({ length: 1000 }, (_, n) => `xmlns:n${n}="urn:${n}" `).join('')}`,
        ),
      'NOT_XML',
    ],
    ['that would take long to read, with end tags in comments', () => crowded((n) => `<!--</x${n}>-->`), 'NOT_XML'],
    ['that would take long to read, with end tags in text', () => crowded(() => '<![CDATA[</x>]]>'), 'NOT_XML'],
    [
      'that would take long to read, with many elements where many namespaces hold',
      () => {
        const namespaces = Array.from({ length: 60 }, (_, n) => ` xmlns:n${n}="urn:${n}"`).join('')
        return metadata.replace(
          '</md:EntityDescriptor>',
          `<x${namespaces}>${'<y/>'.repeat(60_000)}</x></md:EntityDescriptor>`,
        )
      },
      'NOT_XML',
    ],
    ['with a comment that does not end', () => `${metadata}${'<!--'.repeat(50_000)}`, 'NOT_XML'],
    ['another document', () => '<x/>', 'NOT_METADATA'],
    ['of a service provider', () => metadata.replaceAll('IDPSSODescriptor', 'SPSSODescriptor'), 'SP_METADATA'],
    [
      'of SAML 1.1',
      () => metadata.replace('urn:oasis:names:tc:SAML:2.0:protocol', 'urn:oasis:names:tc:SAML:1.1:protocol'),
      'NO_IDP',
    ],
    ['without a name', () => metadata.replace(/ entityID="[^"]*"/, ''), 'NO_ENTITY_ID'],
    ['without HTTP-Redirect', () => metadata.replace('bindings:HTTP-Redirect', 'bindings:SOAP'), 'NO_REDIRECT_BINDING'],
    [
      'without a certificate',
      () => metadata.replace(/<md:KeyDescriptor.*?<\/md:KeyDescriptor>/s, ''),
      'NO_CERTIFICATE',
    ],
    [
      'with a broken certificate',
      () => metadata.replace(/<ds:X509Certificate>.*?</s, '<ds:X509Certificate>AAAA<'),
      'CERTIFICATE',
    ],
    ['with a key for encryption alone', () => metadata.replace('use="signing"', 'use="encryption"'), 'NO_CERTIFICATE'],
    ['no longer valid', () => metadata.replace(' entityID', ' validUntil="2026-02-01T00:00:00Z" entityID'), 'OUTDATED'],
  ])('%s is refused by name', (_what, xml, reason) => {
    expect(read(xml())).toBe(reason)
  })

  test('may have many elements under the usual namespaces', () => {
    const namespaces = Array.from({ length: 12 }, (_, n) => ` xmlns:n${n}="urn:${n}"`).join('')
    const more = `<md:Extensions${namespaces}>${'<n1:y a="" b=""/>'.repeat(20_000)}</md:Extensions>`
    expect(read(metadata.replace('<md:IDPSSODescriptor', `${more}<md:IDPSSODescriptor`))).toBe('read')
  })

  test('may have comments that look like crowded markup', () => {
    const comment = `<!--${Array.from({ length: 200 }, (_, n) => `<x xmlns:n${n}="urn:${n}">`).join('')}-->`
    expect(read(metadata.replace('<md:IDPSSODescriptor', `${comment}<md:IDPSSODescriptor`))).toBe('read')
  })

  test('the tenant-wide one of Entra is known by its URL', () => {
    const tenant =
      'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/federationmetadata/2007-06/federationmetadata.xml'
    expect(isEntraTenantWideMetadataUrl(tenant)).toBe(true)
    expect(isEntraTenantWideMetadataUrl(`${tenant}?appid=66666666-7777-8888-9999-000000000000`)).toBe(false)
    expect(isEntraTenantWideMetadataUrl('https://idp.example/federationmetadata.xml')).toBe(false)
  })
})
