import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditEvents } from '../../server/src/db/schema/audit-events.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import {
  answerTo,
  connect,
  createAccessToken,
  createWorld,
  joinBySso,
  ownerPassword,
  post as postResponse,
  type SamlConnection,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let world: World

type Event = typeof auditEvents.$inferSelect

const newestLast = (events: Event[]): Event[] => events.toSorted((a, b) => (a.id < b.id ? -1 : 1))
const allEvents = async (): Promise<Event[]> => newestLast(await app.db.select().from(auditEvents))

/** The events that were written while something ran. */
async function eventsOf(work: () => Promise<unknown>): Promise<Event[]> {
  const before = new Set((await allEvents()).map(({ id }) => id))
  await work()
  return (await allEvents()).filter(({ id }) => !before.has(id))
}
const typesOf = async (work: () => Promise<unknown>): Promise<string[]> =>
  (await eventsOf(work)).map(({ type }) => type)

/** `name` of the mutation, its input type being named after it. */
function mutationOf(name: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return `mutation($input: ${type}!) { ${name}(input: $input) { __typename } }`
}

/** Runs one mutation and gives the events with the request's id as the answer's header says it. */
async function act(
  by: GraphqlClient,
  name: string,
  input: Record<string, unknown>,
): Promise<{ events: Event[]; requestId: string; code: string }> {
  let requestId = ''
  let code = 'OK'
  const events = await eventsOf(async () => {
    const response = await fetch(`${app.origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // Nobody but us says what the request is called, and where it came from.
        'x-request-id': 'req_chosen_by_the_client',
        'x-forwarded-for': '203.0.113.7',
        ...(by.token === null ? { cookie: by.cookieHeader } : { authorization: `Bearer ${by.token}` }),
      },
      body: JSON.stringify({ query: mutationOf(name), variables: { input } }),
    })
    requestId = response.headers.get('x-request-id') ?? ''
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] }
    code = errors?.[0]?.extensions.code ?? 'OK'
  })
  return { events, requestId, code }
}

const samlInput = () => ({ organizationId: world.organization.id, name: 'Audited' })

/** A connection, a member and so on of the test's own. */
let people = 0
const join = () => {
  people += 1
  return joinBySso(app, world.idp, world.connection, {
    subject: `person-${people}`,
    email: `person-${people}@acme.example`,
  })
}

let roleNames = 0
const roleName = (): string => `Support ${++roleNames}`
const makeRole = async (name: string): Promise<string> => {
  const { createRole } = await world.owner.run<{ createRole: { role: { id: string } } }>(
    'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }',
    { input: { organizationId: world.organization.id, name, permissions: ['member:read'] } },
  )
  return createRole.role.id
}

const list = `query($first: Int, $after: String, $last: Int, $before: String) {
  organization(slug: "acme") { auditEvents(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id at type actor summary ipAddress requestId }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`
type Page = {
  totalCount: number
  nodes: { id: string; type: string; actor: string; summary: string; ipAddress: string; requestId: string }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
}
const page = async (by: GraphqlClient, args: Record<string, unknown>): Promise<Page> =>
  (await by.run<{ organization: { auditEvents: Page } }>(list, args)).organization.auditEvents

beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
})
afterAll(() => app.close())

describe('a mutation that changes something', () => {
  type Case = {
    name: string
    event: string
    /** What has to be there before, and the input it leads to. */
    prepare: () => Promise<Record<string, unknown>>
    details: (input: Record<string, unknown>) => Record<string, unknown>
  }
  const cases: Case[] = [
    {
      name: 'changeMemberRole',
      event: 'membership.roleChanged',
      prepare: async () => ({ membershipId: (await join()).membershipId, role: 'admin' }),
      details: ({ membershipId }) => ({
        membershipId,
        email: `person-${people}@acme.example`,
        from: 'member',
        to: 'admin',
      }),
    },
    {
      name: 'changeMemberRole',
      event: 'membership.roleTermsChanged',
      prepare: async () => ({ membershipId: (await join()).membershipId, role: 'member', pinned: true }),
      details: ({ membershipId }) => ({
        membershipId,
        email: `person-${people}@acme.example`,
        role: 'member',
        pinned: true,
        expiresAt: null,
      }),
    },
    {
      name: 'createRole',
      event: 'role.created',
      prepare: async () => ({ organizationId: world.organization.id, name: roleName(), permissions: ['member:read'] }),
      details: ({ name }) => ({
        roleId: expect.stringMatching(/^rol_/),
        key: `support-${roleNames}`,
        name,
        permissions: ['organization:read', 'member:read'],
      }),
    },
    {
      name: 'updateRole',
      event: 'role.updated',
      prepare: async () => ({ roleId: await makeRole(roleName()), permissions: ['auditEvent:read'] }),
      details: ({ roleId }) => ({
        roleId,
        key: `support-${roleNames}`,
        name: `Support ${roleNames}`,
        added: ['auditEvent:read'],
        removed: ['member:read'],
      }),
    },
    {
      name: 'deleteRole',
      event: 'role.deleted',
      prepare: async () => ({ roleId: await makeRole(roleName()) }),
      details: ({ roleId }) => ({
        roleId,
        key: `support-${roleNames}`,
        name: `Support ${roleNames}`,
        reassignedTo: null,
        members: 0,
        accessTokens: 0,
      }),
    },
    {
      name: 'setMemberSuspended',
      event: 'membership.suspended',
      prepare: async () => ({ membershipId: (await join()).membershipId, suspended: true }),
      details: ({ membershipId }) => ({ membershipId, email: `person-${people}@acme.example` }),
    },
    {
      name: 'setMemberSuspended',
      event: 'membership.reinstated',
      prepare: async () => {
        const { membershipId } = await join()
        await world.owner.run(mutationOf('setMemberSuspended'), { input: { membershipId, suspended: true } })
        return { membershipId, suspended: false }
      },
      details: ({ membershipId }) => ({ membershipId, email: `person-${people}@acme.example` }),
    },
    {
      name: 'removeMember',
      event: 'membership.removed',
      prepare: async () => ({ membershipId: (await join()).membershipId }),
      details: ({ membershipId }) => ({ membershipId, email: `person-${people}@acme.example`, role: 'member' }),
    },
    {
      name: 'endMemberSessions',
      event: 'membership.sessionsEnded',
      prepare: async () => ({ membershipId: (await join()).membershipId }),
      details: ({ membershipId }) => ({ membershipId, email: `person-${people}@acme.example`, sessions: 1 }),
    },
    {
      name: 'setSessionPolicy',
      event: 'organization.sessionPolicyChanged',
      prepare: async () => {
        await join()
        return { organizationId: world.organization.id, idleMinutes: 1000 + people, lifetimeMinutes: null }
      },
      details: ({ idleMinutes }) => ({ idleMinutes, lifetimeMinutes: null, endedSessions: 0 }),
    },
    {
      name: 'createSamlConnection',
      event: 'ssoConnection.created',
      prepare: () => Promise.resolve(samlInput()),
      details: () => ({ connectionId: expect.stringMatching(/^sso_/), name: 'Audited' }),
    },
    {
      name: 'updateSamlConnection',
      event: 'ssoConnection.updated',
      prepare: async () => ({
        connectionId: (await connect(world.owner, world.organization.id, world.idp)).id,
        name: 'Renamed',
        idpCertificates: [(await IdentityProvider.create()).certificate],
      }),
      details: ({ connectionId }) => ({ connectionId, name: 'Renamed', changed: ['name', 'idpCertificates'] }),
    },
    {
      name: 'setSsoConnectionEnabled',
      event: 'ssoConnection.disabled',
      prepare: async () => ({
        connectionId: (await connect(world.owner, world.organization.id, world.idp, { name: 'Two' })).id,
        enabled: false,
      }),
      details: ({ connectionId }) => ({ connectionId, name: 'Two' }),
    },
    {
      name: 'setSsoConnectionEnabled',
      event: 'ssoConnection.enabled',
      prepare: async () => {
        const { id } = await connect(world.owner, world.organization.id, world.idp, { name: 'Three' })
        await world.owner.run(mutationOf('setSsoConnectionEnabled'), { input: { connectionId: id, enabled: false } })
        return { connectionId: id, enabled: true }
      },
      details: ({ connectionId }) => ({ connectionId, name: 'Three' }),
    },
    {
      name: 'deleteSsoConnection',
      event: 'ssoConnection.deleted',
      prepare: async () => ({
        connectionId: (await connect(world.owner, world.organization.id, world.idp, { name: 'Four' })).id,
      }),
      details: ({ connectionId }) => ({ connectionId, name: 'Four' }),
    },
    {
      name: 'addDomain',
      event: 'domain.added',
      prepare: async () => {
        people += 1
        return { organizationId: world.organization.id, name: `audited-${people}.example` }
      },
      details: ({ name }) => ({ domainId: expect.stringMatching(/^dom_/), name }),
    },
    {
      name: 'removeDomain',
      event: 'domain.removed',
      prepare: async () => {
        people += 1
        const { addDomain } = await world.owner.run<{ addDomain: { domain: { id: string } } }>(
          'mutation($input: AddDomainInput!) { addDomain(input: $input) { domain { id } } }',
          { input: { organizationId: world.organization.id, name: `removed-${people}.example` } },
        )
        return { domainId: addDomain.domain.id }
      },
      details: ({ domainId }) => ({ domainId, name: `removed-${people}.example` }),
    },
    {
      name: 'revokeAccessToken',
      event: 'accessToken.revoked',
      prepare: async () => ({
        accessTokenId: (await createAccessToken(world.owner, world.organization.id, 'member')).id,
      }),
      details: ({ accessTokenId }) => ({ accessTokenId, name: 'member token' }),
    },
  ]

  test.each(cases)('$name writes exactly one event, $event', async ({ name, event, prepare, details }) => {
    const input = await prepare()
    const { events, requestId, code } = await act(world.owner, name, input)
    expect(code).toBe('OK')
    expect(requestId).toMatch(/^req_[0-9a-z]{26}$/)
    const [user] = await app.db.execute<{ id: string }>(`select id from users where email = 'owner@acme.example'`)
    expect(events).toEqual([
      {
        id: expect.stringMatching(/^aud_/),
        organizationId: world.organization.id,
        at: expect.any(Date),
        type: event,
        actor: 'owner@acme.example',
        actorId: user?.id,
        summary: expect.stringMatching(/^\S.*\.$/),
        details: details(input),
        requestId,
        ipAddress: expect.stringMatching(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/),
        sequence: expect.any(Number),
        previousHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })

  test.each(cases)('$name writes $event in the name of an access token too', async ({ name, event, prepare }) => {
    const { events } = await act(world.ownerToken, name, await prepare())
    expect(events).toMatchObject([
      { type: event, actor: 'access token “owner token”', actorId: expect.stringMatching(/^tok_/) },
    ])
  })

  test.each(cases)('$name writes nothing when it is refused', async ({ name, prepare }) => {
    const input = await prepare()
    for (const by of [world.member.client, world.memberToken, world.outsider, app.nobody()]) {
      const { events, code } = await act(by, name, input)
      expect(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED']).toContain(code)
      expect(events).toEqual([])
    }
  })

  test.each(cases.filter(({ name }) => !/^(add|create|delete|remove|revoke)/.test(name)))(
    '$name writes nothing more when there is nothing to change ($event)',
    async ({ name, prepare }) => {
      const input = await prepare()
      expect((await act(world.owner, name, input)).events).toHaveLength(1)
      expect(await act(world.owner, name, input)).toMatchObject({ code: 'OK', events: [] })
    },
  )

  test('createAccessToken writes accessToken.created', async () => {
    const input = { organizationId: world.organization.id, name: 'Script', role: 'admin' }
    expect((await act(world.owner, 'createAccessToken', input)).events).toMatchObject([
      {
        type: 'accessToken.created',
        actor: 'owner@acme.example',
        details: { accessTokenId: expect.stringMatching(/^tok_/), name: 'Script', role: 'admin' },
      },
    ])
  })

  test('leaveOrganization writes membership.left', async () => {
    const leaver = await join()
    const { events } = await act(leaver.client, 'leaveOrganization', { organizationId: world.organization.id })
    expect(events).toMatchObject([
      {
        type: 'membership.left',
        actor: leaver.email,
        details: { membershipId: leaver.membershipId, email: leaver.email, role: 'member' },
      },
    ])
  })

  test('removing a member who made tokens writes of each token too', async () => {
    const { membershipId, client } = await join()
    await world.owner.run(mutationOf('changeMemberRole'), { input: { membershipId, role: 'admin' } })
    const { id } = await createAccessToken(client, world.organization.id, 'admin')
    const { events, requestId } = await act(world.owner, 'removeMember', { membershipId })
    expect(events).toMatchObject([
      { type: 'accessToken.revoked', details: { accessTokenId: id }, actor: 'owner@acme.example', requestId },
      { type: 'membership.removed', details: { membershipId }, actor: 'owner@acme.example', requestId },
    ])
  })

  test('createOrganization writes of the organization and of its first owner, in the new organization', async () => {
    const { events } = await act(world.owner, 'createOrganization', { name: 'Initech', slug: 'initech' })
    expect(events).toMatchObject([
      { type: 'organization.created', details: { name: 'Initech', slug: 'initech' } },
      { type: 'membership.created', details: { email: 'owner@acme.example', role: 'owner', joinMethod: 'SETUP' } },
    ])
    expect(new Set(events.map(({ organizationId }) => organizationId)).size).toBe(1)
    expect(events[0]?.organizationId).not.toBe(world.organization.id)
    await app.db.execute(`delete from organizations where slug = 'initech'`)
  })

  test('inspecting writes nothing', async () => {
    const organizationId = world.organization.id
    const input = { organizationId, certificates: [world.idp.certificate] }
    expect(await act(world.owner, 'inspectIdpCertificates', input)).toMatchObject({ code: 'OK', events: [] })
    const metadata = { organizationId, xml: world.idp.metadata() }
    expect(await act(world.owner, 'inspectIdpMetadata', metadata)).toMatchObject({ code: 'OK', events: [] })
  })
})

describe('a sign-in', () => {
  const credentials = (password: string) => ({ email: 'owner@acme.example', password })

  test('by password is noted in every organization of the person', async () => {
    const { events, requestId } = await act(app.nobody(), 'signIn', credentials(ownerPassword))
    expect(events).toMatchObject([
      {
        type: 'signIn.succeeded',
        organizationId: world.organization.id,
        actor: 'owner@acme.example',
        actorId: expect.stringMatching(/^usr_/),
        details: { method: 'password', email: 'owner@acme.example' },
        requestId,
        ipAddress: expect.any(String),
      },
    ])
  })

  test('by password that is refused is noted for whom it meant; nobody knows an unknown address', async () => {
    const { events, requestId } = await act(app.nobody(), 'signIn', credentials('not the password'))
    expect(events).toMatchObject([
      {
        type: 'signIn.refused',
        actor: 'nobody signed in',
        actorId: null,
        details: { method: 'password', reason: 'WRONG_CREDENTIALS', email: 'owner@acme.example' },
        requestId,
      },
    ])
    expect(await typesOf(() => act(app.nobody(), 'signIn', { email: 'who@acme.example', password: 'x' }))).toEqual([])
  })

  test('signing out is noted', async () => {
    const client = app.nobody()
    await client.run(mutationOf('signIn'), { input: credentials(ownerPassword) })
    expect(await typesOf(() => client.run('mutation { signOut { redirectUrl } }'))).toEqual(['session.ended'])
  })

  test('through a new connection is noted with all it brought about', async () => {
    const idp = await IdentityProvider.create({ entityId: 'https://idp.example/fresh' })
    const connection = await connect(world.owner, world.organization.id, idp, { idpEntityId: null })
    const person = { subject: 'fresh', email: 'fresh@acme.example', name: 'Fresh' }
    const events = await eventsOf(() => signIn(app, idp, connection, person))
    expect(events.map(({ type }) => type)).toEqual([
      'membership.created',
      'signIn.succeeded',
      'ssoConnection.updated',
      'ssoConnection.verified',
    ])
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set(['fresh@acme.example']))
    expect(new Set(events.map(({ requestId }) => requestId)).size).toBe(1)
    expect(await typesOf(() => signIn(app, idp, connection, person))).toEqual(['signIn.succeeded'])
  })

  test('through single sign-on that is refused is noted with the reason and the attempt', async () => {
    const started = await startSignIn(app, world.connection)
    const lie = answerTo(app, started, world.member, { audience: 'https://somebody.else' })
    let reference = ''
    const events = await eventsOf(async () => {
      const step = await postResponse(started.browser, world.connection, world.idp.response(lie))
      if ('refused' in step) reference = step.reference
    })
    const [, attemptId = ''] = /(att_[0-9a-z]+)/.exec(reference) ?? []
    expect(events).toMatchObject([
      {
        type: 'signIn.refused',
        organizationId: world.organization.id,
        details: { method: 'sso', reason: 'AUDIENCE_MISMATCH', attemptId, connectionId: world.connection.id },
        requestId: expect.stringMatching(/^req_/),
        ipAddress: expect.any(String),
      },
    ])
  })

  test('of a suspended member is noted once, and nothing else', async () => {
    const person = await join()
    await world.owner.run(mutationOf('setMemberSuspended'), {
      input: { membershipId: person.membershipId, suspended: true },
    })
    const events = await eventsOf(() => signIn(app, world.idp, world.connection, person))
    expect(events).toMatchObject([
      { type: 'signIn.refused', details: { reason: 'MEMBER_SUSPENDED', email: person.email } },
    ])
  })

  test('that connects an existing account is noted as such', async () => {
    const started = await signIn(app, world.idp, world.connection, { subject: 'olive', email: 'owner@acme.example' })
    const location = 'location' in started.step ? started.step.location : ''
    const token = new URL(location, app.origin).searchParams.get('token') ?? ''
    const input = { token, password: ownerPassword }
    const types = await typesOf(() => started.client.run(mutationOf('linkSsoIdentity'), { input }))
    expect(types).toEqual(['ssoIdentity.linked', 'signIn.succeeded'])
  })
})

describe('an event and its change', () => {
  const boom = async (table: string, when: string): Promise<void> => {
    await app.db.execute(
      `create or replace function boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$`,
    )
    // At the end of the transaction: after everything was written.
    await app.db.execute(
      `create constraint trigger boom after ${when} on ${table} deferrable initially deferred for each row execute function boom()`,
    )
  }
  const calm = async (table: string): Promise<void> => {
    await app.db.execute(`drop trigger if exists boom on ${table}`)
  }
  let membershipId: string
  let connection: SamlConnection
  beforeEach(async () => {
    membershipId = (await join()).membershipId
    connection = await connect(world.owner, world.organization.id, world.idp)
  })

  const attempts = (): [string, string, Record<string, unknown>][] => {
    const organizationId = world.organization.id
    return [
      ['changeMemberRole', 'memberships', { membershipId, role: 'admin' }],
      ['setMemberSuspended', 'memberships', { membershipId, suspended: true }],
      ['removeMember', 'memberships', { membershipId }],
      ['endMemberSessions', 'sessions', { membershipId }],
      ['setSessionPolicy', 'organizations', { organizationId, idleMinutes: 60, lifetimeMinutes: 600 }],
      ['createRole', 'roles', { organizationId, name: 'Never', permissions: [] }],
      ['createAccessToken', 'access_tokens', { organizationId, name: 'Never', role: 'member' }],
      ['createSamlConnection', 'saml_connections', samlInput()],
      ['updateSamlConnection', 'sso_connections', { connectionId: connection.id, name: 'Never' }],
      ['setSsoConnectionEnabled', 'sso_connections', { connectionId: connection.id, enabled: false }],
      ['deleteSsoConnection', 'sso_connections', { connectionId: connection.id }],
      ['createOrganization', 'organizations', { name: 'Never', slug: 'never' }],
      ['signIn', 'sessions', { email: 'owner@acme.example', password: ownerPassword }],
    ]
  }
  const stateOf = async (table: string): Promise<string[]> =>
    (await app.db.execute<{ row: string }>(`select t::text as row from ${table} t`)).map(({ row }) => row).toSorted()

  test('fail together when the change cannot be kept: no event is left', async () => {
    for (const [name, table, input] of attempts()) {
      await boom(table, 'insert or update or delete')
      const { code, events } = await act(name === 'signIn' ? app.nobody() : world.owner, name, input)
      await calm(table)
      expect({ name, code, events }).toEqual({ name, code: 'INTERNAL_SERVER_ERROR', events: [] })
    }
  })

  test('fail together when the event cannot be written: nothing is changed', async () => {
    for (const [name, table, input] of attempts()) {
      const before = await stateOf(table)
      await boom('audit_events', 'insert')
      const { code } = await act(name === 'signIn' ? app.nobody() : world.owner, name, input)
      await calm('audit_events')
      expect({ name, code }).toEqual({ name, code: 'INTERNAL_SERVER_ERROR' })
      expect({ name, rows: await stateOf(table) }).toEqual({ name, rows: before })
    }
  })
})

describe('the audit log', () => {
  test('holds no secret: no token, password, cookie, certificate or assertion', async () => {
    const { secret } = await createAccessToken(world.owner, world.organization.id, 'admin')
    const started = await startSignIn(app, world.connection, { browser: new BrowserSession(app.origin) })
    const assertionId = `_${'a1'.repeat(16)}`
    const samlResponse = world.idp.response(answerTo(app, started, world.member, { assertionId }))
    expect(await postResponse(started.browser, world.connection, samlResponse)).toHaveProperty('location')
    await act(world.owner, 'updateSamlConnection', {
      connectionId: (await connect(world.owner, world.organization.id, world.idp)).id,
      idpMetadataXml: (await IdentityProvider.create()).metadata(),
    })
    const rows = await app.db.execute<{ row: string }>('select e::text as row from audit_events e')
    const text = rows.map(({ row }) => row).join('\n')
    expect(rows.length).toBeGreaterThan(30)
    const certificate = world.idp.signer.der.toString('base64')
    for (const hidden of [
      secret,
      secret.slice(10, 40),
      ownerPassword,
      'not the password',
      world.owner.cookieHeader.split('=')[1] ?? '?',
      certificate.slice(100, 160),
      'BEGIN CERTIFICATE',
      assertionId,
      samlResponse.slice(0, 60),
      'Assertion',
      app.setupToken,
    ]) {
      expect(hidden.length).toBeGreaterThan(8)
      expect(text).not.toContain(hidden)
    }
  })

  test('is newest first, in pages forward and back, and counted, while events are added', async () => {
    const own = (await allEvents()).filter(({ organizationId }) => organizationId === world.organization.id)
    const expected = own.map(({ id }) => id).toReversed()
    const seen: string[] = []
    let after: string | null = null
    for (let n = 0; ; n++) {
      const { nodes, pageInfo, totalCount }: Page = await page(world.owner, { first: 17, after })
      expect(totalCount).toBe(expected.length + n)
      seen.push(...nodes.map(({ id }) => id))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
      await act(app.nobody(), 'signIn', { email: 'owner@acme.example', password: 'wrong' })
    }
    expect(seen).toEqual(expected)
    const back: string[] = []
    let before: string | null = null
    for (;;) {
      const { nodes, pageInfo }: Page = await page(world.owner, { last: 23, before })
      back.unshift(...nodes.map(({ id }) => id))
      if (!pageInfo.hasPreviousPage) break
      before = pageInfo.startCursor
    }
    expect(back.slice(-expected.length)).toEqual(expected)
    expect(new Set(back).size).toBe(back.length)
  })

  test('shows what, who, whence and by which request', async () => {
    const { events, requestId } = await act(world.owner, 'changeMemberRole', {
      membershipId: (await join()).membershipId,
      role: 'admin',
    })
    const { nodes } = await page(world.admin.client, { first: 1 })
    expect(nodes).toEqual([
      {
        id: events[0]?.id,
        at: events[0]?.at.toISOString(),
        type: 'membership.roleChanged',
        actor: 'owner@acme.example',
        summary: `Changed the role of person-${people}@acme.example from member to admin.`,
        ipAddress: events[0]?.ipAddress,
        requestId,
      },
    ])
    const node = await world.owner.run('query($id: ID!) { node(id: $id) { ... on AuditEvent { requestId } } }', {
      id: events[0]?.id,
    })
    expect(node).toEqual({ node: { requestId } })
  })

  test('is for those who may read it', async () => {
    const [newest] = (await page(world.owner, { first: 1 })).nodes
    const node = (by: GraphqlClient) => by.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: newest?.id })
    for (const by of [world.member.client, world.memberToken]) {
      expect(await by.codeOf(list, { first: 1 })).toBe('FORBIDDEN')
      expect(await node(by)).toBe('FORBIDDEN')
    }
    expect(await node(world.outsider)).toBe('NOT_FOUND')
    expect(await node(app.nobody())).toBe('UNAUTHENTICATED')
    expect(await world.owner.refusedFields(list, {})).toEqual(['first REQUIRED'])
  })

  test.each([
    ['on', '203.0.113.7'],
    ['on', '198.51.100.1, 203.0.113.7'],
    ['2', '198.51.100.1, 203.0.113.7, 192.0.2.1'],
  ])('says the client’s address behind trusted proxies (%s), which nobody can forge', async (trusted, forwarded) => {
    const proxied = await startTestApp({ environment: { TRUST_PROXY: trusted } })
    await proxied.nobody().send(
      mutationOf('completeSetup'),
      {
        input: {
          setupToken: proxied.setupToken,
          organizationName: 'Acme',
          organizationSlug: 'acme',
          ownerEmail: 'owner@acme.example',
          ownerPassword,
        },
      },
      { 'x-forwarded-for': forwarded },
    )
    const events = await proxied.db.select().from(auditEvents)
    expect(newestLast(events).map(({ type, ipAddress }) => `${type} ${ipAddress}`)).toEqual([
      'organization.created 203.0.113.7',
      'membership.created 203.0.113.7',
    ])
    await proxied.close()
  })
})
