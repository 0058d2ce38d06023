import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days, minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession, readAuthnRequest } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { answerTo, changeRole, createWorld, post, type SamlConnection, type World } from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let world: World
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  world = await createWorld(app)
})
afterAll(() => app.close())

let connectionId = ''
beforeEach(async () => {
  const { createSamlConnection } = await world.owner.run<{ createSamlConnection: { connection: { id: string } } }>(
    'mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id } } }',
    { input: { organizationId: world.organization.id, name: 'Entra' } },
  )
  connectionId = createSamlConnection.connection.id
})

const create =
  'mutation($input: CreateSetupLinkInput!) { createSetupLink(input: $input) { url connection { enabled } } }'
const tokenIn = (url: string): string => new URL(url).searchParams.get('token') ?? ''
async function createLink(by: GraphqlClient = world.owner): Promise<string> {
  const { createSetupLink } = await by.run<{ createSetupLink: { url: string } }>(create, { input: { connectionId } })
  return tokenIn(createSetupLink.url)
}

const shown = `organizationName invitedBy connectionName revision complete redirectUrl idpSsoUrl idpCertificates { subject }
  progress { guide doneSteps }`
const read = `query($token: String!) { connectionSetup(token: $token) { ${shown} } }`
const save = `mutation($input: SaveConnectionSetupInput!) { saveConnectionSetup(input: $input) { setup { ${shown} } } }`
/** Whoever has the link: no account, no cookie. */
const administrator = () => app.nobody()
const isOpen = async (token: string): Promise<boolean> => (await administrator().codeOf(read, { token })) === 'OK'

type Seen = {
  enabled: boolean
  revision: number
  idpSsoUrl: string | null
  setupProgress: { guide: string; doneSteps: string[] } | null
  setupLink: { createdBy: string; expiresAt: string } | null
}
async function ownerSees(): Promise<Seen> {
  const { node } = await world.owner.run<{ node: Seen }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { enabled revision idpSsoUrl setupProgress { guide doneSteps }
      setupLink { createdBy expiresAt } } } }`,
    { id: connectionId },
  )
  return node
}

async function lastEvents(count: number): Promise<{ type: string; actor: string }[]> {
  const { organization } = await world.owner.run<{
    organization: { auditEvents: { nodes: { type: string; actor: string }[] } }
  }>(`{ organization(slug: "acme") { auditEvents(first: ${count}) { nodes { type actor } } } }`)
  return organization.auditEvents.nodes
}

describe('a setup link', () => {
  test('lets somebody without an account set up the one connection, and the owner sees it happen', async () => {
    const token = await createLink()
    expect(await ownerSees()).toMatchObject({ enabled: false, setupLink: { createdBy: 'Olive Owner' } })
    const { connectionSetup } = await administrator().run<{ connectionSetup: { revision: number } }>(read, { token })
    expect(connectionSetup).toMatchObject({
      organizationName: 'Acme',
      invitedBy: 'Olive Owner',
      connectionName: 'Entra',
      complete: false,
      progress: null,
    })
    await administrator().run(
      'mutation($input: NoteConnectionSetupInput!) { noteConnectionSetup(input: $input) { setup { revision } } }',
      { input: { token, guide: 'microsoft-entra', doneSteps: ['create'] } },
    )
    const settings = { idpSsoUrl: 'https://idp.example/sso', idpCertificates: [world.idp.certificate] }
    const { saveConnectionSetup } = await administrator().run<{ saveConnectionSetup: { setup: object } }>(save, {
      input: { token, expectedRevision: connectionSetup.revision, ...settings },
    })
    expect(saveConnectionSetup.setup).toMatchObject({ complete: true, idpSsoUrl: settings.idpSsoUrl })
    expect(await ownerSees()).toMatchObject({
      enabled: false,
      idpSsoUrl: settings.idpSsoUrl,
      setupProgress: { guide: 'microsoft-entra', doneSteps: ['create'] },
    })
    expect(await lastEvents(2)).toEqual([
      { type: 'ssoConnection.updated', actor: 'setup link of owner@acme.example' },
      { type: 'setupLink.created', actor: 'owner@acme.example' },
    ])
  })

  test('lets nobody in by what was set up, until somebody enables it', async () => {
    const token = await createLink()
    const settings = { idpSsoUrl: 'https://idp.example/sso', idpCertificates: [world.idp.certificate] }
    await administrator().run(save, { input: { token, ...settings } })
    const response = await fetch(`${app.origin}/sso/${connectionId}/login`, { redirect: 'manual' })
    expect(await response.text()).toContain('CONNECTION_DISABLED')
  })

  test('tests what was set up, with every check before the eyes of whoever has it', async () => {
    const token = await createLink()
    const { idp } = world
    const settings = { idpSsoUrl: idp.ssoUrl, idpEntityId: idp.entityId, idpCertificates: [idp.certificate] }
    await administrator().run(save, { input: { token, ...settings } })
    const { testConnectionSetup } = await administrator().run<{ testConnectionSetup: { url: string } }>(
      'mutation($input: TestConnectionSetupInput!) { testConnectionSetup(input: $input) { url setup { testedAt } } }',
      { input: { token } },
    )
    const { node } = await world.owner.run<{ node: SamlConnection }>(
      'query($id: ID!) { node(id: $id) { ... on SamlConnection { id spEntityId loginUrl redirectUrl revision } } }',
      { id: connectionId },
    )
    const browser = new BrowserSession(app.origin)
    const { pathname, search } = new URL(testConnectionSetup.url)
    const begun = await browser.get(pathname + search)
    const { id } = await readAuthnRequest(begun.headers.get('location') ?? '')
    const started = { browser, requestId: id, connection: node }
    const person = { subject: 'tester', email: 'tester@acme.example', name: 'Tester' }
    let step = await post(browser, node, idp.response(answerTo(app, started, person)))
    for (let time = 0; time < 5 && 'location' in step; time++) {
      const response = await browser.get(step.location)
      if (response.status !== 303) break
      step = { location: response.headers.get('location') ?? '' }
    }
    const { connectionSetup } = await administrator().run<{ connectionSetup: object }>(
      `query($token: String!) { connectionSetup(token: $token) { verifiedAt attempts { succeeded foreseen
        attributes { name values } checks { name passed } } } }`,
      { token },
    )
    expect(connectionSetup).toMatchObject({
      verifiedAt: expect.any(String) as string,
      attempts: [{ succeeded: true, foreseen: expect.stringContaining('Organization Member') as string }],
    })
    // What is asserted about people is for the organization's owners.
    expect(JSON.stringify(connectionSetup)).not.toMatch(/"values":\[/)
  })

  test('tells of a wrong field, and of a change of somebody else meanwhile', async () => {
    const token = await createLink()
    const { connectionSetup } = await administrator().run<{ connectionSetup: { revision: number } }>(read, { token })
    expect(await administrator().refusedFields(save, { input: { token, idpSsoUrl: 'http://idp.example' } })).toEqual([
      'input.idpSsoUrl NOT_HTTPS',
    ])
    await administrator().run(save, { input: { token, idpEntityId: 'urn:one' } })
    const stale = { token, expectedRevision: connectionSetup.revision, idpEntityId: 'urn:other' }
    expect(await administrator().codeOf(save, { input: stale })).toBe('CONFLICT STALE_REVISION')
  })

  test('is no way to anything else of the organization, nor to what is done with who comes', async () => {
    const token = await createLink()
    const more = `query($token: String!) { connectionSetup(token: $token) { attempts { connection { id } user { id } } }
      viewer { user { id } } }`
    const { data } = await administrator().send<{ viewer: unknown }>(more, { token })
    expect(data?.viewer ?? null).toBeNull()
    for (const field of ['attributeMapping: { subject: "x" }', 'allowIdpInitiated: true', 'name: "Mine"']) {
      const query = `mutation { saveConnectionSetup(input: { token: "${token}", ${field} }) { setup { revision } } }`
      expect(await administrator().codeOf(query)).toBe('GRAPHQL_VALIDATION_FAILED')
    }
    // The secret is no credential of anything but these operations.
    const asToken = new GraphqlClient(app.origin, token)
    expect(await asToken.codeOf('{ organization(slug: "acme") { id } }')).toBe('UNAUTHENTICATED')
    const enable = `mutation { setSsoConnectionEnabled(input: { connectionId: "${connectionId}", enabled: true }) { connection { id } } }`
    expect(await administrator().codeOf(enable)).toBe('UNAUTHENTICATED')
  })

  test('ends when it is revoked', async () => {
    const token = await createLink()
    const revoke = 'mutation($input: RevokeSetupLinkInput!) { revokeSetupLink(input: $input) { connection { id } } }'
    await world.owner.run(revoke, { input: { connectionId } })
    expect(await isOpen(token)).toBe(false)
    expect(await ownerSees()).toMatchObject({ enabled: false, setupLink: null })
  })

  test('ends when there is a newer one', async () => {
    const [older, newer] = [await createLink(), await createLink()]
    expect([await isOpen(older), await isOpen(newer)]).toEqual([false, true])
  })

  test('ends when the connection is enabled, and does not come back', async () => {
    const token = await createLink()
    const settings = { idpSsoUrl: 'https://idp.example/sso', idpCertificates: [world.idp.certificate] }
    await administrator().run(save, { input: { token, ...settings } })
    for (const enabled of [true, false]) {
      await world.owner.run(
        `mutation { setSsoConnectionEnabled(input: { connectionId: "${connectionId}", enabled: ${enabled} }) { connection { id } } }`,
      )
      expect(await isOpen(token)).toBe(false)
      expect(await administrator().codeOf(save, { input: { token, idpEntityId: 'urn:x' } })).toBe('NOT_FOUND')
    }
  })

  test('ends when whoever made it may no longer manage single sign-on', async () => {
    await changeRole(world.owner, world.admin.membershipId, 'owner')
    const token = await createLink(world.admin.client)
    expect(await isOpen(token)).toBe(true)
    await changeRole(world.owner, world.admin.membershipId, 'admin')
    expect(await isOpen(token)).toBe(false)
  })

  test('is for a connection that nobody uses', async () => {
    connectionId = world.connection.id
    expect(await world.owner.codeOf(create, { input: { connectionId } })).toBe('CONFLICT CONNECTION_IN_USE')
    expect(await ownerSees()).toMatchObject({ enabled: true })
  })

  test('is not guessed: an address that tries is kept out for a while', async () => {
    const limited = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const codes = new Set<string>()
    for (let time = 0; time < 61; time++) codes.add(await limited.nobody().codeOf(read, { token: `guess-${time}` }))
    expect([...codes]).toEqual(['NOT_FOUND', 'RATE_LIMITED'])
    await limited.close()
  })

  test('ends after seven days', async () => {
    const token = await createLink()
    clock.advance(days(7) - minutes(1))
    expect(await isOpen(token)).toBe(true)
    clock.advance(minutes(1))
    expect(await isOpen(token)).toBe(false)
  })
})
