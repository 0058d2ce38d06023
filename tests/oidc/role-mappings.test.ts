import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { lastAttempt } from '../testkit/oidc-attempts.ts'
import { connectOkta, type OidcConnection, signInByOidc, startOidc } from '../testkit/oidc-scenario.ts'
import { type OidcPerson, OpenIdProvider } from '../testkit/openid-provider.ts'
import { completeSetup, type Organization } from '../testkit/scenario.ts'

let app: TestApp
let owner: GraphqlClient
let organization: Organization
let idp: OpenIdProvider
let connection: OidcConnection
beforeAll(async () => {
  app = await startTestApp({ environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  ;({ organization, owner } = await completeSetup(app))
  idp = await OpenIdProvider.start({ thin: true })
  connection = await connectOkta(owner, organization.id, idp)
})
afterAll(async () => {
  await idp.close()
  await app.close()
})

const setRules = (mappings: object[]) =>
  owner.run('mutation($input: SetRoleMappingsInput!) { setRoleMappings(input: $input) { connection { id } } }', {
    input: { connectionId: connection.id, mappings },
  })
const person = (groups?: unknown): OidcPerson => ({
  sub: '00u1',
  email: 'ada@acme.example',
  email_verified: true,
  name: 'Ada',
  ...(groups === undefined ? {} : { groups }),
})
async function comeIn(who: OidcPerson): Promise<string | undefined> {
  const { step, client } = await signInByOidc(app, idp, connection, who)
  expect(step).toEqual({ location: '/' })
  const { viewer } = await client.run<{ viewer: { memberships: { nodes: { role: { key: string } }[] } } }>(
    '{ viewer { memberships(first: 1) { nodes { role { key } } } } }',
  )
  return viewer.memberships.nodes[0]?.role.key
}
const roleRow = async () => (await lastAttempt(owner, connection.id)).checks.find(({ name }) => name === 'role')

describe('groups of OpenID Connect', () => {
  test('are asked for only where the connection has rules', async () => {
    const scopeNow = async () =>
      (await startOidc(new BrowserSession(app.origin), connection.loginUrl)).searchParams.get('scope')
    expect(await scopeNow()).toBe('openid profile email')
    await setRules([{ attribute: 'groups', value: 'Admins', role: 'admin' }])
    expect(await scopeNow()).toBe('openid profile email groups')
  })

  test('give a role at each sign-in, and an empty list takes it away', async () => {
    expect(await comeIn(person(['Everyone', 'Admins']))).toBe('admin')
    expect(await comeIn(person([]))).toBe('member')
  })

  test('that do not come, or are too many to come, freeze the role', async () => {
    expect(await comeIn(person(['Admins']))).toBe('admin')
    expect(await comeIn(person())).toBe('admin')
    expect(await roleRow()).toMatchObject({ passed: false })
    idp.lies.claims = (claims) => ({
      ...claims,
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: 'https://graph.example/me' } },
    })
    expect(await comeIn(person())).toBe('admin')
    expect((await roleRow())?.actual).toContain('too many values')
    delete idp.lies.claims
  })

  test('are read from userinfo when the ID token has everything else', async () => {
    const { sub, ...rest } = person(['Admins'])
    const { groups: _, ...withoutGroups } = rest
    idp.lies.claims = (claims) => ({ ...claims, ...withoutGroups })
    expect(await comeIn({ sub, ...rest })).toBe('admin')
    await setRules([{ attribute: 'groups', value: 'Everyone', role: 'member' }])
    expect(await comeIn({ sub, ...rest, groups: ['Everyone'] })).toBe('member')
    delete idp.lies.claims
  })
})
