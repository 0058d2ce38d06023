import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createId } from '../../server/src/core/ids.ts'
import { memberships } from '../../server/src/db/schema/memberships.ts'
import { users } from '../../server/src/db/schema/users.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { keepTables, putBack } from '../testkit/kept-tables.ts'
import { changeRole, createWorld, joinBySso, type Member, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World

type Row = {
  id: string
  suspended: boolean
  role: { key: string }
  roleSource: string
  user: { id: string; email: string; name: string | null }
  viewerCanSuspend: boolean
  viewerCanRemove: boolean
  viewerRestriction: string | null
  assignableRoles: { key: string }[]
}
type Page = {
  totalCount: number
  nodes: Row[]
  edges: { cursor: string; node: Row }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

const rowFields = `id suspended role { key } roleSource user { id email name }
  viewerCanSuspend viewerCanRemove viewerRestriction assignableRoles { key }`
const listQuery = `query($first: Int, $after: String, $last: Int, $before: String, $query: String, $role: String) {
  organization(slug: "acme") {
    memberships(first: $first, after: $after, last: $last, before: $before, query: $query, role: $role) {
      totalCount nodes { ${rowFields} } edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`

const list = async (by: GraphqlClient, args: Record<string, unknown>): Promise<Page> =>
  (await by.run<{ organization: { memberships: Page } }>(listQuery, args)).organization.memberships

const emails = (page: Page): string[] => page.nodes.map((row) => row.user.email.replace('@acme.example', ''))
const find = async (query: string, by = world.owner): Promise<string[]> => emails(await list(by, { first: 100, query }))

const changeRoleMutation = `mutation($input: ChangeMemberRoleInput!) {
  changeMemberRole(input: $input) { membership { ${rowFields} } } }`
const suspendMutation = `mutation($input: SetMemberSuspendedInput!) {
  setMemberSuspended(input: $input) { membership { ${rowFields} } } }`
const removeMutation = 'mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }'
const leaveMutation =
  'mutation($input: LeaveOrganizationInput!) { leaveOrganization(input: $input) { leftOrganizationId } }'

const suspend = (by: GraphqlClient, membershipId: string, suspended: boolean): Promise<string> =>
  by.codeOf(suspendMutation, { input: { membershipId, suspended } })
const remove = (by: GraphqlClient, membershipId: string): Promise<string> =>
  by.codeOf(removeMutation, { input: { membershipId } })
const giveRole = (by: GraphqlClient, membershipId: string, role: string): Promise<string> =>
  by.codeOf(changeRoleMutation, { input: { membershipId, role } })
const leave = (by: GraphqlClient): Promise<string> =>
  by.codeOf(leaveMutation, { input: { organizationId: world.organization.id } })

const member = async (email: string): Promise<Row> => {
  const { nodes } = await list(world.owner, { first: 100, query: email })
  const row = nodes.find((node) => node.user.email === email)
  if (row === undefined) throw new Error(`${email} is no member`)
  return row
}

const join = (name: string): Promise<Member> =>
  joinBySso(app, world.idp, world.connection, { subject: name, email: `${name}@acme.example`, name })

const viewerCode = (client: GraphqlClient): Promise<string> => client.codeOf('{ viewer { user { id } } }')

/** Somebody who is in the database as if they had signed in once. */
async function insertMember(name: string, fullName: string | null = null): Promise<string> {
  const now = app.clock.now()
  const userId = createId('usr', now)
  const id = createId('mem', now)
  await app.db
    .insert(users)
    .values({ id: userId, email: `${name}@acme.example`, name: fullName, passwordHash: null, createdAt: now })
  await app.db.insert(memberships).values({
    id,
    organizationId: world.organization.id,
    userId,
    role: 'member',
    roleSource: 'JUST_IN_TIME',
    joinMethod: 'SINGLE_SIGN_ON',
    joinedAt: now,
    suspendedAt: null,
    lastSignInAt: null,
  })
  return id
}

/** People and sessions as they are now, to go back to. */
const keep = (): Promise<void> => keepTables(app.db, ['users', 'memberships', 'sessions', 'access_tokens'])
async function restore(): Promise<void> {
  await putBack(app.db, 'users')
  for (const table of ['memberships', 'sessions', 'access_tokens']) {
    await app.db.execute(`delete from ${table}`)
    await putBack(app.db, table)
  }
}

beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  await keep()
})
beforeEach(restore)
afterAll(() => app.close())

describe('the list of members', () => {
  test('finds by e-mail address and by name, anywhere in the text and in any letter case', async () => {
    await insertMember('zoe', 'Zoë Ångström')
    expect(await find('MARY')).toEqual(['mary'])
    expect(await find('dam adm')).toEqual(['adam'])
    expect(await find('@ACME.example')).toEqual(['zoe', 'mary', 'adam', 'owner'])
    expect(await find('ÅNGSTRÖM')).toEqual(['zoe'])
    expect(await find('  mary  ')).toEqual(['mary'])
    expect(await find('nobody like this')).toEqual([])
  })

  test('takes %, _ and backslash for themselves', async () => {
    await insertMember('percent', '100% sure')
    await insertMember('under_score', null)
    await insertMember('slash', 'back\\slash')
    expect(await find('%')).toEqual(['percent'])
    expect(await find('_')).toEqual(['under_score'])
    expect(await find('\\')).toEqual(['slash'])
    expect(await find('100%25')).toEqual([])
    expect(await find('mar_')).toEqual([])
  })

  test('filters by role, together with a text', async () => {
    expect(emails(await list(world.owner, { first: 10, role: 'admin' }))).toEqual(['adam'])
    expect(emails(await list(world.owner, { first: 10, role: 'owner' }))).toEqual(['owner'])
    expect(emails(await list(world.owner, { first: 10, role: 'member', query: 'adam' }))).toEqual([])
    expect(emails(await list(world.owner, { first: 10, role: '', query: '' }))).toHaveLength(3)
  })

  test('counts all that the filter finds, pages aside', async () => {
    expect((await list(world.owner, { first: 1 })).totalCount).toBe(3)
    expect((await list(world.owner, { first: 1, role: 'admin' })).totalCount).toBe(1)
    expect((await list(world.owner, { first: 1, query: 'nobody' })).totalCount).toBe(0)
  })

  test('shows suspended members too', async () => {
    await suspend(world.owner, world.member.membershipId, true)
    const { nodes } = await list(world.owner, { first: 10, query: 'mary' })
    expect(nodes).toMatchObject([{ suspended: true, role: { key: 'member' } }])
  })

  test('pages forward without gap or double while somebody joins in between', async () => {
    const inserted: string[] = []
    for (let n = 0; n < 22; n++) inserted.unshift(await insertMember(`person-${n}`))
    const expected = [
      ...inserted,
      world.member.membershipId,
      world.admin.membershipId,
      (await member('owner@acme.example')).id,
    ]
    const seen: string[] = []
    let after: string | null = null
    const pages: Page[] = []
    for (let n = 0; n < 10 && (n === 0 || pages.at(-1)?.pageInfo.hasNextPage); n++) {
      const page: Page = await list(world.owner, { first: 7, after })
      pages.push(page)
      seen.push(...page.nodes.map((node) => node.id))
      expect(page.edges.map((edge) => edge.node.id)).toEqual(page.nodes.map((node) => node.id))
      expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor)
      expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor)
      expect(page.pageInfo.hasPreviousPage).toBe(n > 0)
      after = page.pageInfo.endCursor
      await insertMember(`latecomer-${n}`)
    }
    expect(seen).toEqual(expected)
    expect(pages.map((page) => page.nodes.length)).toEqual([7, 7, 7, 4])
    expect(pages.map((page) => page.totalCount)).toEqual([25, 26, 27, 28])
  })

  test('pages back to the newest without gap or double while somebody joins in between', async () => {
    const inserted: string[] = []
    for (let n = 0; n < 22; n++) inserted.unshift(await insertMember(`earlier-${n}`))
    const seen: string[] = []
    let before: string | null = null
    let page: Page | null = null
    const joined: string[] = []
    for (let n = 0; n < 10 && (page === null || page.pageInfo.hasPreviousPage); n++) {
      page = await list(world.owner, { last: 7, before })
      expect(page.pageInfo.hasNextPage).toBe(n > 0)
      seen.unshift(...page.nodes.map((node) => node.id))
      before = page.pageInfo.startCursor
      if (n === 1) joined.unshift(await insertMember('newcomer'))
    }
    const oldest = [world.member.membershipId, world.admin.membershipId, (await member('owner@acme.example')).id]
    expect(seen).toEqual([...joined, ...inserted, ...oldest])
  })

  test('pages through what a search finds, the newest accounts first, in both directions', async () => {
    for (let n = 0; n < 9; n++) await insertMember(`seeker-${n}`)
    const found = { query: 'seeker' }
    const accounts = [...(await list(world.owner, { first: 100, ...found })).nodes]
    expect(accounts.map(({ user }) => user.id)).toEqual(
      accounts
        .map(({ user }) => user.id)
        .toSorted()
        .toReversed(),
    )
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Page = await list(world.owner, { first: 4, after, ...found })
      seen.push(...page.nodes.map(({ id }) => id))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(accounts.map(({ id }) => id))
    const last = await list(world.owner, { last: 4, ...found })
    const before = await list(world.owner, { last: 5, before: last.pageInfo.startCursor, ...found })
    expect([...before.nodes, ...last.nodes].map(({ id }) => id)).toEqual(seen)
  })

  test('refuses a cursor of another order: that of a search in the whole list, and the other way round', async () => {
    const { pageInfo: whole } = await list(world.owner, { first: 1 })
    const { pageInfo: search } = await list(world.owner, { first: 1, query: 'acme' })
    const refused = ['after INVALID_CURSOR']
    expect(await world.owner.refusedFields(listQuery, { first: 1, after: search.endCursor })).toEqual(refused)
    expect(await world.owner.refusedFields(listQuery, { first: 1, after: whole.endCursor, query: 'acme' })).toEqual(
      refused,
    )
  })

  test('goes on after a cursor whose member is gone', async () => {
    const page = await list(world.owner, { first: 1 })
    expect(emails(page)).toEqual(['mary'])
    expect(await remove(world.owner, world.member.membershipId)).toBe('OK')
    expect(emails(await list(world.owner, { first: 5, after: page.pageInfo.endCursor }))).toEqual(['adam', 'owner'])
  })

  test.each([
    [{}, 'first REQUIRED'],
    [{ first: 1, last: 1 }, 'first REQUIRED'],
    [{ first: 0 }, 'first OUT_OF_RANGE'],
    [{ first: 101 }, 'first OUT_OF_RANGE'],
    [{ first: -1 }, 'first OUT_OF_RANGE'],
    [{ last: 101 }, 'last OUT_OF_RANGE'],
    [{ first: 1, before: 'x' }, 'before NOT_ALLOWED'],
    [{ last: 1, after: 'x' }, 'after NOT_ALLOWED'],
    [{ first: 1, after: 'not a cursor' }, 'after INVALID_CURSOR'],
    [{ last: 1, before: Buffer.from("mem_' or 1=1").toString('base64url') }, 'before INVALID_CURSOR'],
    [{ first: 1, role: 'boss' }, 'role UNKNOWN_ROLE'],
    [{ first: 1, query: 'x'.repeat(201) }, 'query TOO_LONG'],
  ])('refuses the arguments %j with %s', async (args, expected) => {
    expect(await world.owner.refusedFields(listQuery, args)).toEqual([expected])
  })

  test('is for members of the organization alone', async () => {
    expect(await world.outsider.run(listQuery, { first: 1 })).toEqual({ organization: null })
    expect(await app.nobody().codeOf(listQuery, { first: 1 })).toBe('UNAUTHENTICATED')
    expect(emails(await list(world.member.client, { first: 10 }))).toHaveLength(3)
  })
})

describe('a role', () => {
  test('that somebody chose is marked as chosen and holds from the next request on', async () => {
    expect(await member('mary@acme.example')).toMatchObject({ role: { key: 'member' }, roleSource: 'JUST_IN_TIME' })
    const { changeMemberRole } = await world.owner.run<{ changeMemberRole: { membership: Row } }>(changeRoleMutation, {
      input: { membershipId: world.member.membershipId, role: 'admin' },
    })
    expect(changeMemberRole.membership).toMatchObject({ role: { key: 'admin' }, roleSource: 'MANUAL' })
    const tokens = '{ organization(slug: "acme") { viewerRole { key } accessTokens(first: 1) { totalCount } } }'
    expect(await world.member.client.codeOf(tokens)).toBe('OK')
    await changeRole(world.owner, world.member.membershipId, 'member')
    expect(await world.member.client.codeOf(tokens)).toBe('FORBIDDEN')
  })

  test('that a member has already changes nothing, not even its source', async () => {
    expect(await giveRole(world.owner, world.member.membershipId, 'member')).toBe('OK')
    expect(await member('mary@acme.example')).toMatchObject({ roleSource: 'JUST_IN_TIME' })
  })

  test('must be known', async () => {
    const input = { membershipId: world.member.membershipId, role: 'boss' }
    expect(await world.owner.refusedFields(changeRoleMutation, { input })).toEqual(['input.role UNKNOWN_ROLE'])
  })

  test('is given by an admin up to admin, and never to or from an owner', async () => {
    const owner = await member('owner@acme.example')
    const by = world.admin.client
    expect(await giveRole(by, world.member.membershipId, 'owner')).toBe('FORBIDDEN')
    expect(await giveRole(by, world.admin.membershipId, 'owner')).toBe('FORBIDDEN')
    expect(await giveRole(by, owner.id, 'member')).toBe('FORBIDDEN')
    expect(await suspend(by, owner.id, true)).toBe('FORBIDDEN')
    expect(await remove(by, owner.id)).toBe('FORBIDDEN')
    expect(await giveRole(by, world.member.membershipId, 'admin')).toBe('OK')
    expect(await giveRole(by, world.admin.membershipId, 'member')).toBe('OK')
    expect(await giveRole(by, world.member.membershipId, 'member')).toBe('FORBIDDEN')
  })

  test('is nothing a member changes, and nothing an outsider learns of', async () => {
    const { membershipId } = world.admin
    expect(await giveRole(world.member.client, membershipId, 'member')).toBe('FORBIDDEN')
    expect(await suspend(world.member.client, membershipId, true)).toBe('FORBIDDEN')
    expect(await remove(world.member.client, membershipId)).toBe('FORBIDDEN')
    for (const [client, code] of [
      [world.outsider, 'NOT_FOUND'],
      [app.nobody(), 'UNAUTHENTICATED'],
    ] as const) {
      expect(await giveRole(client, membershipId, 'member')).toBe(code)
      expect(await suspend(client, membershipId, true)).toBe(code)
      expect(await remove(client, membershipId)).toBe(code)
      expect(await leave(client)).toBe(code)
      expect(await client.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: membershipId })).toBe(code)
    }
    expect(await giveRole(world.owner, 'mem_nothing', 'member')).toBe('NOT_FOUND')
    expect(await giveRole(world.owner, world.organization.id, 'member')).toBe('NOT_FOUND')
  })

  test('survives later sign-ins, whoever gave it', async () => {
    const jane = await join('jane')
    expect(await member('jane@acme.example')).toMatchObject({ role: { key: 'member' }, roleSource: 'JUST_IN_TIME' })
    await changeRole(world.owner, jane.membershipId, 'admin')
    for (let n = 0; n < 2; n++) {
      const again = await signIn(app, world.idp, world.connection, jane)
      expect(again.step).toEqual({ location: '/' })
      expect(await member('jane@acme.example')).toMatchObject({
        id: jane.membershipId,
        role: { key: 'admin' },
        roleSource: 'MANUAL',
      })
    }
    await changeRole(world.owner, jane.membershipId, 'member')
    await signIn(app, world.idp, world.connection, jane)
    expect(await member('jane@acme.example')).toMatchObject({ role: { key: 'member' }, roleSource: 'MANUAL' })
  })
})

describe('a suspended member', () => {
  test('loses every session at once, and the next sign-in is refused', async () => {
    const other = (await signIn(app, world.idp, world.connection, world.member)).client
    expect(await viewerCode(world.member.client)).toBe('OK')
    expect(await viewerCode(other)).toBe('OK')
    expect(await suspend(world.owner, world.member.membershipId, true)).toBe('OK')
    expect(await viewerCode(world.member.client)).toBe('UNAUTHENTICATED')
    expect(await viewerCode(other)).toBe('UNAUTHENTICATED')
    const rows = await app.db.execute(
      `select s.id from sessions s join memberships m on m.user_id = s.user_id where m.id = '${world.member.membershipId}'`,
    )
    expect(rows).toHaveLength(0)
    const { step, client } = await signIn(app, world.idp, world.connection, world.member)
    expect(step).toMatchObject({ refused: 'MEMBER_SUSPENDED', status: 403 })
    expect(await viewerCode(client)).toBe('UNAUTHENTICATED')
  })

  test('comes in again with the role they had once somebody lets them', async () => {
    await changeRole(world.owner, world.member.membershipId, 'admin')
    await suspend(world.owner, world.member.membershipId, true)
    expect(await member('mary@acme.example')).toMatchObject({ suspended: true, role: { key: 'admin' } })
    expect(await suspend(world.admin.client, world.member.membershipId, false)).toBe('OK')
    expect(await viewerCode(world.member.client)).toBe('UNAUTHENTICATED')
    const { step, client } = await signIn(app, world.idp, world.connection, world.member)
    expect(step).toEqual({ location: '/' })
    expect(await client.run('{ organization(slug: "acme") { viewerRole { key } } }')).toEqual({
      organization: { viewerRole: { key: 'admin' } },
    })
  })

  test('stays suspended when suspended again, and keeps the time of the first', async () => {
    const at = async () =>
      app.db.execute(`select suspended_at from memberships where id = '${world.member.membershipId}'`)
    await suspend(world.owner, world.member.membershipId, true)
    const first = await at()
    expect(await suspend(world.owner, world.member.membershipId, true)).toBe('OK')
    expect(await at()).toEqual(first)
  })

  test('keeps the sessions that another organization lets them in by', async () => {
    // Two owners, so that the first can be suspended; they own the other organization too.
    await changeRole(world.owner, world.admin.membershipId, 'owner')
    await world.owner.run(
      'mutation { createOrganization(input: { name: "Third", slug: "third" }) { organization { id } } }',
    )
    const owner = await member('owner@acme.example')
    expect(await suspend(world.admin.client, owner.id, true)).toBe('OK')
    expect(await viewerCode(world.owner)).toBe('OK')
    expect(
      await world.owner.run('{ acme: organization(slug: "acme") { id } third: organization(slug: "third") { name } }'),
    ).toEqual({ acme: null, third: { name: 'Third' } })
    await app.db.execute(`delete from organizations where slug = 'third'`)
  })
})

describe('a removed member', () => {
  test('loses every session at once', async () => {
    const { removeMember } = await world.owner.run<{ removeMember: { removedMembershipId: string } }>(removeMutation, {
      input: { membershipId: world.member.membershipId },
    })
    expect(removeMember.removedMembershipId).toBe(world.member.membershipId)
    expect(await viewerCode(world.member.client)).toBe('UNAUTHENTICATED')
    expect(await find('mary')).toEqual([])
    expect(await remove(world.owner, world.member.membershipId)).toBe('NOT_FOUND')
  })

  test('returns through single sign-on as a new member with the role member', async () => {
    expect(await remove(world.owner, world.admin.membershipId)).toBe('OK')
    const { step } = await signIn(app, world.idp, world.connection, world.admin)
    expect(step).toEqual({ location: '/' })
    const back = await member('adam@acme.example')
    expect(back).toMatchObject({ role: { key: 'member' }, roleSource: 'JUST_IN_TIME', suspended: false })
    expect(back.id).not.toBe(world.admin.membershipId)
  })
})

describe('a member who leaves', () => {
  test('is gone at once with their session, and others stay', async () => {
    expect(await leave(world.member.client)).toBe('OK')
    expect(await viewerCode(world.member.client)).toBe('UNAUTHENTICATED')
    expect(await find('')).toEqual(['adam', 'owner'])
  })

  test('is a person: an access token cannot leave', async () => {
    expect(await leave(world.memberToken)).toBe('UNAUTHENTICATED')
  })

  test('cannot leave an organization they are not in', async () => {
    const input = { organizationId: world.otherOrganization.id }
    expect(await world.member.client.codeOf(leaveMutation, { input })).toBe('NOT_FOUND')
  })
})

describe('what the API says the viewer may do', () => {
  test('are permissions by role', async () => {
    const permissionsOf = async (client: GraphqlClient): Promise<string[]> =>
      (
        await client.run<{ organization: { viewerPermissions: string[] } }>(
          '{ organization(slug: "acme") { viewerPermissions } }',
        )
      ).organization.viewerPermissions
    const all = await permissionsOf(world.owner)
    expect(all).toEqual([
      'organization:read',
      'member:read',
      'member:invite',
      'member:changeRole',
      'member:suspend',
      'member:remove',
      'sso:read',
      'sso:manage',
      'accessToken:read',
      'accessToken:manage',
      'auditEvent:read',
      'role:manage',
    ])
    expect(await permissionsOf(world.admin.client)).toEqual(
      all.filter((permission) => permission !== 'sso:manage' && permission !== 'role:manage'),
    )
    expect(await permissionsOf(world.member.client)).toEqual(['organization:read', 'member:read'])
    expect(await permissionsOf(world.ownerToken)).toEqual(all)
    expect(await permissionsOf(world.memberToken)).toEqual(['organization:read', 'member:read'])
  })

  test('is told of the state after the change in the same answer', async () => {
    // After promoting Adam there are two owners: Olive's own answer no longer names her the last one.
    const { changeMemberRole } = await world.owner.run<{
      changeMemberRole: { membership: { organization: { viewerMembership: Row } } }
    }>(
      `mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) {
        membership { organization { viewerMembership { ${rowFields} } } } } }`,
      { input: { membershipId: world.admin.membershipId, role: 'owner' } },
    )
    expect(changeMemberRole.membership.organization.viewerMembership).toMatchObject({
      viewerCanRemove: true,
      assignableRoles: [{ key: 'owner' }, { key: 'admin' }, { key: 'member' }],
    })
  })

  describe.each([1, 2])('agrees with what it then lets them do, with %i active owners', (activeOwners) => {
    let second: Member
    beforeAll(async () => {
      await restore()
      second = await join(`second-${activeOwners}`)
      await changeRole(world.owner, second.membershipId, activeOwners === 2 ? 'owner' : 'admin')
      const suspended = await insertMember(`suspended-${activeOwners}`)
      await suspend(world.owner, suspended, true)
      const sleeping = await insertMember(`sleeping-owner-${activeOwners}`)
      await changeRole(world.owner, sleeping, 'owner')
      await suspend(world.owner, sleeping, true)
      await keep()
    })

    test.each(['owner', 'second', 'admin', 'member', 'ownerToken', 'memberToken'] as const)('as %s', async (viewer) => {
      const by =
        viewer === 'second'
          ? second.client
          : viewer === 'admin' || viewer === 'member'
            ? world[viewer].client
            : world[viewer]
      const { organization } = await by.run<{ organization: { viewerMembership: Row | null } }>(
        '{ organization(slug: "acme") { viewerMembership { id } } }',
      )
      const ownId = organization.viewerMembership?.id
      const { nodes } = await list(by, { first: 100 })
      expect(nodes.length).toBeGreaterThanOrEqual(6)
      for (const row of nodes) {
        const allowed: string[] = []
        const codes: string[] = []
        for (const role of ['owner', 'admin', 'member']) {
          const code = await giveRole(by, row.id, role)
          codes.push(code)
          if (code === 'OK') allowed.push(role)
          await restore()
        }
        const suspension = await suspend(by, row.id, !row.suspended)
        await restore()
        const isOwn = row.id === ownId
        const removal = isOwn ? await leave(by) : await remove(by, row.id)
        await restore()
        // Nobody removes themself: they leave.
        const removalOfOwn = isOwn ? await remove(by, row.id) : 'FORBIDDEN'
        codes.push(suspension, removal)
        expect(codes.filter((code) => !['OK', 'FORBIDDEN', 'CONFLICT LAST_OWNER'].includes(code))).toEqual([])
        expect(['FORBIDDEN', 'CONFLICT LAST_OWNER']).toContain(removalOfOwn)

        const { viewerCanSuspend, viewerCanRemove, viewerRestriction, assignableRoles, user } = row
        const sentence: unknown = expect.stringMatching(/^[A-Z].*\.$/)
        const changesSomething = suspension === 'OK' || allowed.some((role) => role !== row.role.key)
        expect({
          about: user.email,
          assignableRoles: assignableRoles.map((role) => role.key),
          viewerCanSuspend,
          viewerCanRemove,
          viewerRestriction,
        }).toEqual({
          about: user.email,
          assignableRoles: allowed,
          viewerCanSuspend: suspension === 'OK',
          viewerCanRemove: removal === 'OK',
          viewerRestriction: changesSomething ? null : sentence,
        })
      }
    })
  })
})
