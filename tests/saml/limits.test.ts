import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { networkOf } from '../../server/src/access/rate-limits.ts'
import { samlConnections } from '../../server/src/db/schema/sso-connections.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { makeRecoveryCodes, recoverMutation, signInByPassword } from '../testkit/enforcement.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { logoutRequestXml, redirectQuery } from '../testkit/logout-messages.ts'
import {
  changeRole,
  createAccessToken,
  createWorld,
  post,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'

describe('refused responses', () => {
  let app: TestApp
  let world: World
  beforeAll(async () => {
    app = await startTestApp({ environment: { RATE_LIMITS: 'on', TRUST_PROXY: 'on' } })
    world = await createWorld(app)
  })
  afterAll(() => app.close())

  const join = (subject: string) =>
    signIn(app, world.idp, world.connection, { subject, email: `${subject}@acme.example` })

  test('from one address are limited, and what was accepted does not count', async () => {
    const { browser } = await startSignIn(app, world.connection)
    for (let n = 0; n < 70; n++) expect((await join('same-person')).step).toEqual({ location: '/' })
    for (let n = 0; n < 60; n++) {
      expect(await post(browser, world.connection, 'bm9uc2Vuc2U=')).toMatchObject({ refused: 'RESPONSE_MALFORMED' })
    }
    const limited = await post(browser, world.connection, 'bm9uc2Vuc2U=')
    expect(limited).toMatchObject({ refused: 'RATE_LIMITED', status: 429 })
  }, 60_000)

  test('do not keep the members out who come from other addresses', async () => {
    const response = await fetch(world.connection.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ SAMLResponse: 'bm9uc2Vuc2U=' }),
      headers: { 'x-forwarded-for': '203.0.113.9' },
    })
    expect(await response.text()).toContain('RESPONSE_MALFORMED')
  })
})

describe('starts', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({ environment: { RATE_LIMITS: 'on', TRUST_PROXY: 'on' } })
  })
  afterAll(() => app.close())

  const start = async (from: string): Promise<string> => {
    const response = await fetch(`${app.origin}/sso/sso_unknown/login`, { headers: { 'x-forwarded-for': from } })
    const text = await response.text()
    return text.includes('RATE_LIMITED') ? `RATE_LIMITED ${response.status}` : String(response.status)
  }

  test('of sign-ins from one address are limited, and refused before anything is looked up', async () => {
    for (let n = 0; n < 24; n++) await Promise.all(Array.from({ length: 50 }, () => start('203.0.113.9')))
    expect(await start('203.0.113.9')).toBe('RATE_LIMITED 429')
    expect(await start('203.0.113.10')).toBe('404')
  }, 60_000)
})

describe('logout messages', () => {
  test('that counted once are limited like all that is refused: they fill no audit log', async () => {
    const app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const { idp, connection, owner, organization } = await createWorld(app)
    const path = `/sso/${connection.id}/slo`
    const order = { now: app.clock.now(), destination: app.origin + path, subject: 'anybody' }
    const query = redirectQuery(idp, 'SAMLRequest', logoutRequestXml(idp, order))
    const bring = async () => (await new BrowserSession(app.origin).get(`${path}?${query}`)).status
    expect(await bring()).toBe(200)
    for (let n = 0; n < 60; n++) expect(await bring()).toBe(403)
    expect(await bring()).toBe(429)
    const { node } = await owner.run<{ node: { auditEvents: { nodes: { type: string }[] } } }>(
      'query($id: ID!) { node(id: $id) { ... on Organization { auditEvents(first: 100) { nodes { type } } } } }',
      { id: organization.id },
    )
    expect(node.auditEvents.nodes.filter(({ type }) => type === 'logout.refused')).toHaveLength(60)
    await app.close()
  }, 60_000)
})

describe('metadata that is read again', () => {
  test('by one organization’s access token takes nothing from another’s', async () => {
    const app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const world = await createWorld(app)
    const nowhere = { idpMetadataUrl: 'https://127.0.0.1/metadata' }
    const refresh =
      'mutation($input: RefreshIdpMetadataInput!) { refreshIdpMetadata(input: $input) { connection { id } } }'
    // Nobody answers there, and it was good when it was entered.
    await app.db.update(samlConnections).set(nowhere)
    const { secret } = await createAccessToken(world.outsider, world.otherOrganization.id, 'owner')
    const others = new GraphqlClient(app.origin, secret)
    const mine = { input: { connectionId: world.connection.id } }
    for (let n = 0; n < 30; n++) expect(await world.ownerToken.codeOf(refresh, mine)).toBe('OK')
    expect(await world.ownerToken.codeOf(refresh, mine)).toBe('RATE_LIMITED')
    expect(await others.codeOf(refresh, { input: { connectionId: world.otherConnection.id } })).toBe('OK')
    await app.close()
  }, 60_000)
})

describe('what costs much', () => {
  test.each<[string, number, string, (world: World) => Record<string, unknown>]>([
    [
      'texts to be diagnosed',
      60,
      'mutation($input: DiagnoseInput!) { diagnose(input: $input) { kind } }',
      ({ organization }) => ({ organizationId: organization.id, text: 'AADSTS50105' }),
    ],
    [
      'new keys',
      60,
      'mutation($input: RotateSpKeyInput!) { rotateSpKey(input: $input) { connection { id } } }',
      ({ connection }) => ({ connectionId: connection.id, use: 'SIGNING' }),
    ],
  ])(
    'is limited for each person and token: %s',
    async (_what, uses, mutation, inputOf) => {
      const app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
      const world = await createWorld(app)
      const input = inputOf(world)
      for (let n = 0; n < uses; n++) expect(await world.owner.codeOf(mutation, { input })).not.toBe('RATE_LIMITED')
      expect(await world.owner.codeOf(mutation, { input })).toBe('RATE_LIMITED')
      expect(await world.ownerToken.codeOf(mutation, { input })).not.toBe('RATE_LIMITED')
      await app.close()
    },
    60_000,
  )
})

describe('recovery codes', () => {
  const use = (client: GraphqlClient, code: string) => client.codeOf(recoverMutation, { input: { code } })

  test('are tried twenty times from one address: then the right one is not looked at either', async () => {
    const app = await startTestApp({ environment: { RATE_LIMITS: 'on', TRUST_PROXY: 'on' } })
    const world = await createWorld(app)
    const [code = ''] = await makeRecoveryCodes(world.owner, world.organization.id)
    for (let n = 0; n < 20; n++) expect(await use(app.nobody(), 'wrong-wrong-wrong')).toBe('BAD_USER_INPUT')
    expect(await use(app.nobody(), code)).toBe('RATE_LIMITED')
    const refused = await app.db.execute('select 1 from recovery_codes where used_at is not null')
    expect(refused).toHaveLength(0)
    const elsewhere = await fetch(`${app.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
      body: JSON.stringify({ query: recoverMutation, variables: { input: { code } } }),
    })
    expect(await elsewhere.json()).toMatchObject({ data: { useRecoveryCode: { organization: { slug: 'acme' } } } })
    await app.close()
  }, 60_000)

  test('are made twenty times by one person, in whichever browser', async () => {
    const app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const world = await createWorld(app)
    const { membershipId, client: second } = world.admin
    await changeRole(world.owner, membershipId, 'owner')
    const elsewhere = await signInByPassword(app)
    const make = (by: GraphqlClient) =>
      by.codeOf('mutation($input: CreateRecoveryCodesInput!) { createRecoveryCodes(input: $input) { codes } }', {
        input: { organizationId: world.organization.id },
      })
    for (let n = 0; n < 20; n++) expect(await make(n % 2 === 0 ? world.owner : elsewhere)).toBe('OK')
    expect(await make(world.owner)).toBe('RATE_LIMITED')
    expect(await make(elsewhere)).toBe('RATE_LIMITED')
    expect(await make(second)).toBe('OK')
    await app.close()
  }, 60_000)
})

describe('an address', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
