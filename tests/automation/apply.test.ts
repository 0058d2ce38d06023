import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { connectOkta } from '../testkit/oidc-scenario.ts'
import { OpenIdProvider } from '../testkit/openid-provider.ts'
import { changeRole, createAccessToken, createWorld, joinBySso, type World } from '../testkit/scenario.ts'
import { runClient } from './client/main.ts'

let app: TestApp
let world: World
let folder: string
let token: string
let openId: OpenIdProvider
beforeAll(async () => {
  app = await startTestApp({ environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  world = await createWorld(app)
  openId = await OpenIdProvider.start()
  token = (await createAccessToken(world.owner, world.organization.id, 'owner')).secret
})
afterAll(async () => {
  await openId.close()
  await app.close()
})
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-apply-'))
  return () => rmSync(folder, { recursive: true, force: true })
})

type Ran = { code: number; out: string; err: string }
async function run(args: string[], environment: Record<string, string> = {}): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runClient(args, {
    environment: { GATEHOUSE_URL: app.origin, GATEHOUSE_TOKEN: token, ...environment },
    print: (line) => out.push(line),
    complain: (line) => err.push(line),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
function write(yaml: string, name = 'organization.yaml'): string {
  const file = path.join(folder, name)
  writeFileSync(file, yaml)
  return file
}
const diff = (yaml: string, environment?: Record<string, string>, ...more: string[]) =>
  run(['diff', '-f', write(yaml), ...more], environment)
const apply = (yaml: string, environment?: Record<string, string>, ...more: string[]) =>
  run(['apply', '-f', write(yaml), ...more], environment)
/** How often the organization was changed so far: every change is recorded. */
async function changes(): Promise<number> {
  const { organization } = await world.owner.run<{ organization: { auditEvents: { totalCount: number } } }>(
    '{ organization(slug: "acme") { auditEvents(first: 1) { totalCount } } }',
  )
  return organization.auditEvents.totalCount
}
const nothing = 'acme is as the file says: nothing to change.'

describe('the example of the documentation', () => {
  test('is applied as it stands; the second time there is nothing to change', async () => {
    const examples = fileURLToPath(new URL('../../docs/examples', import.meta.url))
    cpSync(examples, folder, { recursive: true })
    writeFileSync(path.join(folder, 'entra.cer'), (await createSigningKey()).certificate)
    const file = path.join(folder, 'organization.yaml')
    await joinBySso(app, world.idp, world.connection, { subject: 'ada', email: 'ada@acme.example' })

    const planned = await run(['diff', '-f', file])
    expect(planned).toMatchObject({ code: 2, err: '' })
    expect(planned.out.split('\n')).toEqual(
      expect.arrayContaining([
        '+ role support',
        '+ domain acme.example',
        '+ connection Microsoft Entra',
        '~ member ada@acme.example',
        '    role: "member" → "admin"',
        '+ invitation of grace@acme.example',
        '~ how long sessions last',
        '4 to create, 2 to change, 0 to delete.',
      ]),
    )
    const before = await changes()
    const applied = await run(['apply', '-f', file])
    expect(applied).toMatchObject({ code: 0, err: '' })
    expect(applied.out).toContain('Done: 6 changes.')
    expect(applied.out).toMatch(/To prove acme\.example, publish the TXT record \S+ = \S+/)
    expect(applied.out).toMatch(/Hand over to grace@acme\.example: http:\/\/localhost:\d+\/invitation\?token=/)
    expect(applied.out).toContain('redirect URL http://localhost')
    const after = await changes()
    expect(after).toBeGreaterThanOrEqual(before + 6)

    expect(await run(['diff', '-f', file])).toEqual({ code: 0, out: nothing, err: '' })
    expect(await run(['apply', '-f', file])).toEqual({ code: 0, out: nothing, err: '' })
    expect(await changes()).toBe(after)
    const { organization } = await world.owner.run<{
      organization: {
        ssoConnections: { name: string; roleMappings: { label: string | null; role: { key: string } }[] }[]
      }
    }>('{ organization(slug: "acme") { ssoConnections { name roleMappings { label role { key } } } } }')
    expect(organization.ssoConnections.find(({ name }) => name === 'Microsoft Entra')?.roleMappings).toEqual([
      { label: 'Site administrators', role: { key: 'admin' } },
      { label: null, role: { key: 'support' } },
    ])
  })
})

describe('a change', () => {
  const roles = (permissions: string) => `organization: acme
roles:
  - { key: auditors, name: Auditors, permissions: [${permissions}] }`

  test('is one change, and nothing else is touched', async () => {
    await apply(roles('auditEvent:read'))
    const before = await changes()
    expect((await diff(roles('auditEvent:read, member:read'))).out).toBe(
      ['~ role auditors', '    allows member:read', '0 to create, 1 to change, 0 to delete.'].join('\n'),
    )
    expect((await apply(roles('auditEvent:read, member:read'))).code).toBe(0)
    expect(await changes()).toBe(before + 1)
  })

  test('of a connection says old and new, and keeps what the file does not name', async () => {
    const yaml = (url: string, more = '') => `organization: acme
connections:
  - name: Changing
    protocol: saml
    idpSsoUrl: ${url}${more}`
    await apply(yaml('https://idp.example/one', '\n    forceAuthn: true'))
    const changed = await diff(yaml('https://idp.example/two'))
    expect(changed.out).toContain('    idpSsoUrl: "https://idp.example/one" → "https://idp.example/two"')
    await apply(yaml('https://idp.example/two', '\n    enabled: false'))
    const { organization } = await world.owner.run<{
      organization: { ssoConnections: { name: string; enabled: boolean; idpSsoUrl?: string; forceAuthn?: boolean }[] }
    }>(
      '{ organization(slug: "acme") { ssoConnections { name enabled ... on SamlConnection { idpSsoUrl forceAuthn } } } }',
    )
    expect(organization.ssoConnections.find(({ name }) => name === 'Changing')).toMatchObject({
      enabled: false,
      idpSsoUrl: 'https://idp.example/two',
      forceAuthn: true,
    })
  })

  test('takes metadata and certificates from files, and sees when they say something else', async () => {
    const idp = await createSigningKey()
    const metadata = (
      certificate: string,
    ) => `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/filed">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate
      .replace(/-----[^-]+-----/g, '')
      .replace(/\s/g, '')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/filed/sso"/>
</IDPSSODescriptor></EntityDescriptor>`
    const yaml = 'organization: acme\nconnections:\n  - { name: Filed, protocol: saml, idpMetadataFile: idp.xml }'
    write(metadata(idp.certificate), 'idp.xml')
    expect((await apply(yaml)).code).toBe(0)
    expect((await diff(yaml)).out).toBe(nothing)
    write(metadata((await createSigningKey()).certificate), 'idp.xml')
    expect((await diff(yaml)).out).toContain('what idp.xml says')
    write(idp.certificate, 'idp.cer')
    const byHand =
      'organization: acme\nconnections:\n  - { name: Filed, protocol: saml, idpCertificateFiles: [idp.cer] }'
    expect((await diff(byHand)).out).toBe(nothing)
    write((await createSigningKey()).certificate, 'idp.cer')
    const rotated = await diff(byHand)
    expect(rotated.out).toContain('trusts the certificate')
    expect(rotated.out).toContain('trusts no longer')
  })

  test('of Okta takes its secret from the environment and never prints it', async () => {
    const made = await connectOkta(world.owner, world.organization.id, openId, { name: 'Workforce' })
    const yaml = (clientId: string, domain = openId.issuer) => `organization: acme
connections:
  - name: Workforce
    protocol: okta
    oktaDomain: ${domain}
    clientId: ${clientId}
    clientSecret: \${OKTA_SECRET}`
    const secret = { OKTA_SECRET: 'a-very-secret-client-secret' }
    expect(await diff(yaml(openId.clientId), secret)).toMatchObject({ code: 0 })
    const told = await apply(yaml('0oaanother'), secret)
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(told.out).toContain(`clientId: "${openId.clientId}" → "0oaanother"`)
    expect(told.out).not.toContain('a-very-secret')
    const { node } = await world.owner.run<{ node: { clientId: string } }>(
      'query($id: ID!) { node(id: $id) { ... on OktaConnection { clientId } } }',
      { id: made.id },
    )
    expect(node.clientId).toBe('0oaanother')
    expect(await diff(yaml('0oaanother'))).toMatchObject({
      code: 1,
      err: 'organization.yaml:7:19: set the environment variable OKTA_SECRET.',
    })
  })

  test('deletes what the file does not name only when told to, and only in the sections that it has', async () => {
    await apply('organization: acme\nroles:\n  - { key: passing, name: Passing, permissions: [] }')
    const member = await joinBySso(app, world.idp, world.connection, {
      subject: 'passer',
      email: 'passer@acme.example',
    })
    await changeRole(world.owner, member.membershipId, 'passing')
    const yaml = 'organization: acme\nroles: []'
    expect((await diff(yaml)).out).toBe(nothing)
    const planned = await diff(yaml, {}, '--prune')
    expect(planned.out).toContain('- role passing')
    expect(planned.out).not.toContain('connection')
    expect(await apply(yaml, {}, '--prune')).toMatchObject({ code: 0 })
    expect((await diff(yaml, {}, '--prune')).out).toBe(nothing)
    const { node } = await world.owner.run<{ node: { role: { key: string } } }>(
      'query($id: ID!) { node(id: $id) { ... on Membership { role { key } } } }',
      { id: member.membershipId },
    )
    expect(node.role.key).toBe('member')
  })

  test('that fails stops there, says what is done, and the next run goes on', async () => {
    const yaml = (name: string) => `organization: acme
roles:
  - { key: first, name: First, permissions: [] }
  - { key: second, name: ${name}, permissions: [] }
domains: [later.example]`
    const failed = await apply(yaml('Organization Owner'))
    expect(failed.code).toBe(1)
    expect(failed.err).toContain('Organization Owner is a built-in role')
    expect(failed.err).toContain('Stopped at role second: 1 of 3 changes are done.')
    const mended = await apply(yaml('Second'))
    expect(mended.out).toContain('Done: 2 changes.')
  })
})

describe('what is wrong with the file', () => {
  test.each([
    ['organization: [', /^organization\.yaml:1:16: /],
    ['organisation: acme', /organization\.yaml:1:1: .*organisation/],
    [
      'organization: acme\nroles:\n  - { key: a, name: A, permissions: member:read }',
      /^organization\.yaml:3:37: roles\.0\.permissions /,
    ],
    [
      'organization: acme\nconnections:\n  - name: X\n    protocol: ldap',
      /^organization\.yaml:4:15: connections\.0\.protocol /,
    ],
    [
      'organization: acme\nconnections:\n  - name: X\n    protocol: oidc\n    issuer: https://x.example',
      /organization\.yaml:3:5: connections\.0\.clientId /,
    ],
    [
      'organization: acme\ndomains: [a.example, A.example]',
      'organization.yaml:2:22: a.example stands in domains twice.',
    ],
    [
      'organization: acme\nsessions: { idleMinutes: soon, lifetimeMinutes: null }',
      /^organization\.yaml:2:26: sessions\.idleMinutes /,
    ],
    [
      'organization: acme\nconnections:\n  - { name: X, protocol: saml, idpMetadataFile: gone.xml }',
      'gone.xml, which the connection X names, cannot be read.',
    ],
  ])('is told with its place: %s', async (yaml, message) => {
    const { code, err } = await diff(yaml)
    expect(code).toBe(1)
    expect(err).toMatch(message)
  })
})

describe('what is wrong around it', () => {
  const yaml = 'organization: acme\nroles:\n  - { key: never, name: Never, permissions: [] }'

  test('is said in words', async () => {
    expect(await diff(yaml, { GATEHOUSE_TOKEN: '' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('GATEHOUSE_TOKEN'),
    })
    expect(await diff(yaml, { GATEHOUSE_URL: 'nowhere' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('GATEHOUSE_URL'),
    })
    expect(await diff(yaml, { GATEHOUSE_TOKEN: 'gatehouse_nonsense' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('The access token is not accepted'),
    })
    expect(await diff('organization: other')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no organization other'),
    })
    expect(await run(['diff', '-f', path.join(folder, 'none.yaml')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be read'),
    })
    expect(await run(['diff'])).toMatchObject({ code: 1, err: expect.stringContaining('-f organization.yaml') })
    expect(await run(['diff', '--purge'])).toMatchObject({ code: 1, err: expect.stringContaining('--purge') })
    expect(await run(['destroy'])).toMatchObject({ code: 1, err: expect.stringContaining('apply or diff') })
  })

  test('is said when the token may not do it', async () => {
    const { secret } = await createAccessToken(world.owner, world.organization.id, 'admin')
    const refused = await apply(yaml, { GATEHOUSE_TOKEN: secret })
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('role:manage')
  })
})

test('the form of a secret that the documentation gives to scanners is the form of secrets', async () => {
  const guide = readFileSync(new URL('../../docs/guides/automation.md', import.meta.url), 'utf8')
  const [, pattern = ''] = /^regex = '''(.+)'''$/m.exec(guide) ?? []
  const scanner = new RegExp(pattern)
  const { secret } = await createAccessToken(world.owner, world.organization.id, 'member')
  expect(scanner.exec(`Authorization: Bearer ${secret}\n`)?.[0]).toBe(secret)
  expect(scanner.test(`${secret}x`)).toBe(false)
  expect(scanner.test(secret.slice(0, -1))).toBe(false)
  const checksum = createHash('sha256').update(secret.slice(0, -6)).digest('base64url').slice(0, 6)
  expect(secret.endsWith(checksum)).toBe(true)
})

test('the client has nothing of the server in it: it knows the API alone', () => {
  for (const name of [
    'api',
    'main',
    'organization-file',
    'organization-state',
    'plan',
    'plan-connections',
    'plan-members',
  ]) {
    const source = readFileSync(new URL(`client/${name}.ts`, import.meta.url), 'utf8')
    expect(source).not.toMatch(/from '\.\.\//)
  }
})
