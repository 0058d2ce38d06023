import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hours, minutes, seconds } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import {
  changeRole,
  createAccessToken,
  createWorld,
  joinBySso,
  type Member,
  signIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let world: World

type Token = {
  id: string
  name: string
  role: { key: string }
  lastCharacters: string
  lastUsedAt: string | null
  expiresAt: string | null
  createdAt: string
  createdBy: { email: string }
}
const tokenFields = 'id name role { key } lastCharacters lastUsedAt expiresAt createdAt createdBy { email }'
const createMutation = `mutation($input: CreateAccessTokenInput!) {
  createAccessToken(input: $input) { accessToken { ${tokenFields} } secret } }`
const revokeMutation =
  'mutation($input: RevokeAccessTokenInput!) { revokeAccessToken(input: $input) { revokedAccessTokenId } }'
const viewerQuery = `{ viewer { user { id } accessToken { ${tokenFields} } memberships(first: 5) { totalCount nodes { id } } } }`
const roleQuery = '{ organization(slug: "acme") { viewerRole { key } viewerMembership { id } } }'

const create = (by: GraphqlClient, input: Record<string, unknown>) =>
  by.run<{ createAccessToken: { accessToken: Token; secret: string } }>(createMutation, {
    input: { organizationId: world.organization.id, name: 'A token', role: 'member', ...input },
  })
const bearer = (secret: string): GraphqlClient => new GraphqlClient(app.origin, secret)
const tokenOf = async (by: GraphqlClient, role: string): Promise<GraphqlClient> =>
  bearer((await createAccessToken(by, world.organization.id, role)).secret)
const viewerCode = (client: GraphqlClient): Promise<string> => client.codeOf('{ viewer { user { id } } }')
const roleFor = async (client: GraphqlClient): Promise<string | undefined> =>
  (await client.run<{ organization: { viewerRole: { key: string } } | null }>(roleQuery)).organization?.viewerRole.key
const listed = async (by: GraphqlClient): Promise<Token[]> =>
  (
    await by.run<{ organization: { accessTokens: { nodes: Token[] } } }>(
      `{ organization(slug: "acme") { accessTokens(first: 100) { nodes { ${tokenFields} } } } }`,
    )
  ).organization.accessTokens.nodes
let people = 0
const join = (): Promise<Member> => {
  people += 1
  const subject = `person-${people}`
  return joinBySso(app, world.idp, world.connection, { subject, email: `${subject}@acme.example` })
}

/** Everything in the database, as text. */
async function wholeDatabase(): Promise<string> {
  const tables = await app.db.execute<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  expect(tables.length).toBeGreaterThan(10)
  let text = ''
  for (const { name } of tables) {
    const rows = await app.db.execute<{ row: string }>(`select t::text as row from "${name}" t`)
    text += rows.map(({ row }) => row).join('\n')
  }
  return text
}

beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  world = await createWorld(app)
})
afterAll(() => app.close())

describe('making a token', () => {
  test('shows its secret once and stores only a hash of it', async () => {
    const { createAccessToken: made } = await create(world.owner, { name: '  Provisioning script ', role: 'admin' })
    const { accessToken, secret } = made
    expect(secret).toMatch(/^gatehouse_[\w-]{49}$/)
    expect(accessToken).toMatchObject({
      name: 'Provisioning script',
      role: { key: 'admin' },
      lastCharacters: secret.slice(-4),
      lastUsedAt: null,
      expiresAt: null,
      createdBy: { email: 'owner@acme.example' },
    })
    expect(await viewerCode(bearer(secret))).toBe('OK')
    expect((await listed(world.owner))[0]).toMatchObject({ id: accessToken.id })
    expect(JSON.stringify(await listed(world.owner))).not.toContain(secret.slice(10))
    const stored = await wholeDatabase()
    expect(stored).toContain(accessToken.id)
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(secret.slice('gatehouse_'.length, -6))
  })

  test('is for people who may manage tokens', async () => {
    const input = { organizationId: world.organization.id, name: 'x', role: 'member' }
    expect(await world.admin.client.codeOf(createMutation, { input })).toBe('OK')
    expect(await world.member.client.codeOf(createMutation, { input })).toBe('FORBIDDEN')
    expect(await world.outsider.codeOf(createMutation, { input })).toBe('NOT_FOUND')
    expect(await app.nobody().codeOf(createMutation, { input })).toBe('UNAUTHENTICATED')
  })

  test('is not for tokens: a leaked one cannot outlive its revocation', async () => {
    const before = await listed(world.owner)
    const input = { organizationId: world.organization.id, name: 'x', role: 'member' }
    expect(await world.ownerToken.codeOf(createMutation, { input })).toBe('FORBIDDEN')
    expect(await world.memberToken.codeOf(createMutation, { input })).toBe('FORBIDDEN')
    expect((await listed(world.owner)).map((token) => token.id)).toEqual(before.map((token) => token.id))
  })

  test('names every wrong field at once', async () => {
    const expiresAt = clock.now().toISOString()
    const wrong = { organizationId: world.organization.id, name: ' ', role: 'boss', expiresAt }
    expect(await world.owner.refusedFields(createMutation, { input: wrong })).toEqual([
      'input.name REQUIRED',
      'input.role UNKNOWN_ROLE',
      'input.expiresAt NOT_IN_FUTURE',
    ])
    const above = { organizationId: world.organization.id, name: 'n'.repeat(101), role: 'owner' }
    expect(await world.admin.client.refusedFields(createMutation, { input: above })).toEqual([
      'input.name TOO_LONG',
      'input.role ROLE_ABOVE_ACTOR',
    ])
  })
})

describe('a token', () => {
  test('does everything that an automation script needs', async () => {
    const script = await tokenOf(world.owner, 'owner')
    const { viewer } = await script.run<{
      viewer: { user: null; accessToken: Token; memberships: { totalCount: number } }
    }>(viewerQuery)
    expect(viewer).toMatchObject({ user: null, accessToken: { name: 'owner token' }, memberships: { totalCount: 0 } })
    const { createSamlConnection } = await script.run<{
      createSamlConnection: { connection: { id: string; redirectUrl: string; loginUrl: string } }
    }>(
      `mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) {
        connection { id redirectUrl loginUrl complete } } }`,
      {
        input: {
          organizationId: world.organization.id,
          name: 'By a script',
          idpSsoUrl: 'https://idp.example/sso',
          idpCertificates: [world.idp.certificate],
        },
      },
    )
    const { connection } = createSamlConnection
    expect(connection).toMatchObject({ complete: true })
    expect(connection.redirectUrl).toContain(connection.id)
    const { organization } = await script.run<{
      organization: { memberships: { nodes: { id: string; user: { email: string } }[] } }
    }>('{ organization(slug: "acme") { memberships(first: 100, query: "mary@") { nodes { id user { email } } } } }')
    expect(organization.memberships.nodes).toEqual([
      { id: world.member.membershipId, user: { email: 'mary@acme.example' } },
    ])
    await changeRole(script, world.member.membershipId, 'admin')
    expect(await roleFor(world.member.client)).toBe('admin')
    await changeRole(script, world.member.membershipId, 'member')
    expect(
      await script.codeOf(
        'mutation($input: DeleteSsoConnectionInput!) { deleteSsoConnection(input: $input) { deletedConnectionId } }',
        { input: { connectionId: connection.id } },
      ),
    ).toBe('OK')
    expect(
      await script.codeOf(
        '{ organization(slug: "acme") { auditEvents(first: 1) { totalCount } accessTokens(first: 1) { totalCount } } }',
      ),
    ).toBe('OK')
    expect(await script.run(roleQuery)).toEqual({
      organization: { viewerRole: { key: 'owner' }, viewerMembership: null },
    })
  })

  test('does no more than its own role', async () => {
    const { membershipId } = world.admin
    expect(
      await world.memberToken.codeOf('{ organization(slug: "acme") { memberships(first: 1) { totalCount } } }'),
    ).toBe('OK')
    expect(
      await world.memberToken.codeOf(
        'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }',
        { input: { membershipId, role: 'member' } },
      ),
    ).toBe('FORBIDDEN')
    expect(
      await world.memberToken.codeOf('{ organization(slug: "acme") { accessTokens(first: 1) { totalCount } } }'),
    ).toBe('FORBIDDEN')
  })

  test('needs no Origin and minds no other site, for it comes by no cookie', async () => {
    const { errors } = await world.memberToken.send(
      roleQuery,
      {},
      {
        origin: 'https://elsewhere.example',
        'sec-fetch-site': 'cross-site',
      },
    )
    expect(errors).toEqual([])
  })

  test('counts alone: a session cookie beside a wrong one does not', async () => {
    const wrong = bearer('gatehouse_wrong')
    const answer = await wrong.send('{ viewer { user { id } } }', {}, { cookie: world.owner.cookieHeader })
    expect(answer.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const beside = await world.memberToken.send(roleQuery, {}, { cookie: world.owner.cookieHeader })
    expect(beside.data).toMatchObject({ organization: { viewerRole: { key: 'member' } } })
  })

  test('is weaker at once when its creator becomes weaker, and as strong as before when they are again', async () => {
    const creator = await join()
    await changeRole(world.owner, creator.membershipId, 'owner')
    const token = await tokenOf(creator.client, 'owner')
    expect(await roleFor(token)).toBe('owner')
    await changeRole(world.owner, creator.membershipId, 'admin')
    expect(await roleFor(token)).toBe('admin')
    await changeRole(world.owner, creator.membershipId, 'member')
    expect(await roleFor(token)).toBe('member')
    await changeRole(world.owner, creator.membershipId, 'owner')
    expect(await roleFor(token)).toBe('owner')
  })

  test('of an admin does not rise with its creator', async () => {
    const creator = await join()
    await changeRole(world.owner, creator.membershipId, 'admin')
    const token = await tokenOf(creator.client, 'member')
    await changeRole(world.owner, creator.membershipId, 'owner')
    expect(await roleFor(token)).toBe('member')
  })

  test('counts for nothing while its creator is suspended', async () => {
    const creator = await join()
    await changeRole(world.owner, creator.membershipId, 'admin')
    const token = await tokenOf(creator.client, 'admin')
    const suspend = (suspended: boolean) =>
      world.owner.run(
        'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
        { input: { membershipId: creator.membershipId, suspended } },
      )
    await suspend(true)
    expect(await token.codeOf(roleQuery)).toBe('UNAUTHENTICATED')
    await suspend(false)
    expect(await roleFor(token)).toBe('admin')
  })

  test('is revoked when its creator is removed, and stays so when they return', async () => {
    const creator = await join()
    await changeRole(world.owner, creator.membershipId, 'admin')
    const { id, secret } = await createAccessToken(creator.client, world.organization.id, 'admin')
    await world.owner.run(
      'mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }',
      { input: { membershipId: creator.membershipId } },
    )
    expect(await bearer(secret).codeOf(roleQuery)).toBe('UNAUTHENTICATED')
    expect((await listed(world.owner)).map((token) => token.id)).not.toContain(id)
    const { step } = await signIn(app, world.idp, world.connection, creator)
    expect(step).toEqual({ location: '/' })
    expect(await bearer(secret).codeOf(roleQuery)).toBe('UNAUTHENTICATED')
  })

  test('is revoked when its creator leaves', async () => {
    const creator = await join()
    await changeRole(world.owner, creator.membershipId, 'admin')
    const token = await tokenOf(creator.client, 'member')
    await creator.client.run(
      'mutation($input: LeaveOrganizationInput!) { leaveOrganization(input: $input) { leftOrganizationId } }',
      { input: { organizationId: world.organization.id } },
    )
    expect(await token.codeOf(roleQuery)).toBe('UNAUTHENTICATED')
    await signIn(app, world.idp, world.connection, creator)
    expect(await token.codeOf(roleQuery)).toBe('UNAUTHENTICATED')
  })

  test('stays when its creator is removed by whoever takes it over, and is held to their role from then on', async () => {
    const creator = await join()
    await changeRole(world.owner, creator.membershipId, 'admin')
    const { id, secret } = await createAccessToken(creator.client, world.organization.id, 'admin')
    const { node } = await world.owner.run<{ node: { accessTokens: { id: string; viewerCanTakeOver: boolean }[] } }>(
      'query($id: ID!) { node(id: $id) { ... on Membership { accessTokens { id viewerCanTakeOver } } } }',
      { id: creator.membershipId },
    )
    expect(node.accessTokens).toEqual([{ id, viewerCanTakeOver: true }])
    await world.admin.client.run(
      'mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }',
      { input: { membershipId: creator.membershipId, takeOverAccessTokens: true } },
    )
    expect(await roleFor(bearer(secret))).toBe('admin')
    expect((await listed(world.owner)).find((token) => token.id === id)?.createdBy.email).toBe(world.admin.email)
    const { organization } = await world.owner.run<{ organization: { auditEvents: { nodes: { summary: string }[] } } }>(
      '{ organization(slug: "acme") { auditEvents(first: 1, type: "accessToken.takenOver") { nodes { summary } } } }',
    )
    expect(organization.auditEvents.nodes[0]?.summary).toBe(
      `Took over the access token admin token from ${creator.email}.`,
    )
    await changeRole(world.owner, world.admin.membershipId, 'member')
    expect(await roleFor(bearer(secret))).toBe('member')
    await changeRole(world.owner, world.admin.membershipId, 'admin')
  })

  test('is taken over one by one, by people whose role covers it, and by no token', async () => {
    const takeOver =
      'mutation($input: TakeOverAccessTokenInput!) { takeOverAccessToken(input: $input) { accessToken { createdBy { email } viewerCanTakeOver } } }'
    const { id } = await createAccessToken(world.owner, world.organization.id, 'owner')
    expect(await world.admin.client.codeOf(takeOver, { input: { accessTokenId: id } })).toBe('FORBIDDEN')
    expect(await world.member.client.codeOf(takeOver, { input: { accessTokenId: id } })).toBe('FORBIDDEN')
    expect(await world.ownerToken.codeOf(takeOver, { input: { accessTokenId: id } })).toBe('FORBIDDEN')
    const small = await createAccessToken(world.owner, world.organization.id, 'member')
    const { takeOverAccessToken } = await world.admin.client.run<{
      takeOverAccessToken: { accessToken: { createdBy: { email: string }; viewerCanTakeOver: boolean } }
    }>(takeOver, { input: { accessTokenId: small.id } })
    expect(takeOverAccessToken.accessToken).toEqual({
      createdBy: { email: world.admin.email },
      viewerCanTakeOver: false,
    })
    const creator = await join()
    await changeRole(world.owner, creator.membershipId, 'admin')
    const kept = await createAccessToken(creator.client, world.organization.id, 'member')
    const remove = 'mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }'
    const input = { membershipId: creator.membershipId, takeOverAccessTokens: true }
    expect(await world.ownerToken.codeOf(remove, { input })).toBe('FORBIDDEN')
    // Refused as a whole: nobody was removed.
    expect(await viewerCode(bearer(kept.secret))).toBe('OK')
  })

  test('counts until the moment it expires', async () => {
    const expiresAt = new Date(clock.now().getTime() + hours(1)).toISOString()
    const { createAccessToken: made } = await create(world.owner, { expiresAt })
    const token = bearer(made.secret)
    clock.advance(hours(1) - seconds(1))
    expect(await viewerCode(token)).toBe('OK')
    clock.advance(seconds(1))
    expect(await viewerCode(token)).toBe('UNAUTHENTICATED')
    const { errors } = await token.send('{ viewer { user { id } } }')
    expect(errors[0]?.message).toMatch(/^The access token is not valid: it was mistyped, has expired or was revoked\./)
    expect((await listed(world.owner)).map(({ id }) => id)).toContain(made.accessToken.id)
  })

  test('counts for nothing from the moment it is revoked', async () => {
    const { createAccessToken: made } = await create(world.owner, {})
    const token = bearer(made.secret)
    expect(await viewerCode(token)).toBe('OK')
    const input = { accessTokenId: made.accessToken.id }
    expect(await world.member.client.codeOf(revokeMutation, { input })).toBe('FORBIDDEN')
    expect(await world.outsider.codeOf(revokeMutation, { input })).toBe('NOT_FOUND')
    expect(await world.admin.client.run(revokeMutation, { input })).toEqual({
      revokeAccessToken: { revokedAccessTokenId: made.accessToken.id },
    })
    expect(await viewerCode(token)).toBe('UNAUTHENTICATED')
    expect(await world.owner.codeOf(revokeMutation, { input })).toBe('NOT_FOUND')
    expect((await listed(world.owner)).map(({ id }) => id)).not.toContain(made.accessToken.id)
  })

  test('is revoked once by two who do it at the same moment', async () => {
    const { id } = await createAccessToken(world.owner, world.organization.id, 'member')
    const input = { accessTokenId: id }
    const codes = await Promise.all([1, 2, 3, 4].map(() => world.owner.codeOf(revokeMutation, { input })))
    expect(codes.toSorted()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'OK'])
  })

  test('that is mistyped, unknown or no token at all is refused', async () => {
    const { secret } = await createAccessToken(world.owner, world.organization.id, 'member')
    const at = 20
    const mistyped = secret.slice(0, at) + (secret[at] === 'a' ? 'b' : 'a') + secret.slice(at + 1)
    for (const wrong of [
      mistyped,
      secret.slice(0, -1),
      `${secret}x`,
      secret.toUpperCase(),
      'gatehouse_',
      'x',
      "' or 1=1",
    ]) {
      expect([wrong, await viewerCode(bearer(wrong))]).toEqual([wrong, 'UNAUTHENTICATED'])
    }
    for (const authorization of [secret, `Basic ${secret}`, 'Bearer', '', `Token ${secret}`]) {
      const { errors } = await app.nobody().send('{ viewer { user { id } } }', {}, { authorization })
      expect([authorization, errors[0]?.extensions.code]).toEqual([authorization, 'UNAUTHENTICATED'])
    }
    expect(
      (await app.nobody().send('{ viewer { user { id } } }', {}, { authorization: `bearer  ${secret}` })).errors,
    ).toEqual([])
  })

  test('notes its last use, at most once a minute', async () => {
    const { createAccessToken: made } = await create(world.owner, {})
    const token = bearer(made.secret)
    const lastUsedAt = async () => (await listed(world.owner)).find(({ id }) => id === made.accessToken.id)?.lastUsedAt
    expect(await lastUsedAt()).toBeNull()
    const first = clock.now().toISOString()
    await viewerCode(token)
    expect(await lastUsedAt()).toBe(first)
    clock.advance(minutes(1))
    await viewerCode(token)
    expect(await lastUsedAt()).toBe(first)
    clock.advance(seconds(1))
    await Promise.all([viewerCode(token), viewerCode(token)])
    expect(await lastUsedAt()).toBe(clock.now().toISOString())
  })

  test('finds nothing of another organization', async () => {
    const other = await createAccessToken(world.outsider, world.otherOrganization.id, 'owner')
    const rows = await app.db.execute<{ id: string }>(
      `select id from memberships where organization_id = '${world.otherOrganization.id}'
       union all select id from sso_connections where organization_id = '${world.otherOrganization.id}'
       union all select id from audit_events where organization_id = '${world.otherOrganization.id}'
       union all select u.id from users u join memberships m on m.user_id = u.id where m.organization_id = '${world.otherOrganization.id}'`,
    )
    expect(rows.length).toBeGreaterThan(3)
    for (const id of [other.id, world.otherOrganization.id, ...rows.map((row) => row.id)]) {
      const node = (by: GraphqlClient) => by.codeOf('query($id: ID!) { node(id: $id) { id } }', { id })
      expect([id, await node(world.ownerToken), await node(world.outsider)]).toEqual([id, 'NOT_FOUND', 'OK'])
    }
    expect(await world.ownerToken.run('{ organization(slug: "globex") { id } }')).toEqual({ organization: null })
    expect(await world.ownerToken.codeOf(revokeMutation, { input: { accessTokenId: other.id } })).toBe('NOT_FOUND')
    const input = { organizationId: world.otherOrganization.id, name: 'x', role: 'member' }
    expect(await world.ownerToken.codeOf(createMutation, { input })).toBe('NOT_FOUND')
    expect(
      await world.ownerToken.codeOf(
        'mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id } } }',
        { input: { organizationId: world.otherOrganization.id } },
      ),
    ).toBe('NOT_FOUND')
  })

  test('makes no organization and signs nobody out', async () => {
    expect(
      await world.ownerToken.codeOf(
        'mutation { createOrganization(input: { name: "N", slug: "new-one" }) { organization { id } } }',
      ),
    ).toBe('UNAUTHENTICATED')
    expect(await world.ownerToken.codeOf('mutation { signOut { redirectUrl } }')).toBe('UNAUTHENTICATED')
  })
})

describe('the list of tokens', () => {
  test('is newest first, in pages, and counted', async () => {
    type Page = { totalCount: number; nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    type Listed = { organization: { accessTokens: Page } }
    const query = `query($first: Int, $after: String) { organization(slug: "acme") { accessTokens(first: $first, after: $after) {
      totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }`
    const all = (await listed(world.owner)).map(({ id }) => id)
    expect(all).toEqual(all.toSorted().toReversed())
    const seen: string[] = []
    let after: string | null = null
    for (;;) {
      const answer: Listed = await world.owner.run<Listed>(query, { first: 4, after })
      const { nodes, pageInfo, totalCount } = answer.organization.accessTokens
      expect(totalCount).toBe(all.length)
      seen.push(...nodes.map(({ id }) => id))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(seen).toEqual(all)
  })

  test('is for those who may read tokens', async () => {
    const query = '{ organization(slug: "acme") { accessTokens(first: 1) { totalCount } } }'
    expect(await world.admin.client.codeOf(query)).toBe('OK')
    expect(await world.member.client.codeOf(query)).toBe('FORBIDDEN')
  })
})
