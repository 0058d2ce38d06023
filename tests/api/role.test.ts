import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '../../server/src/db/schema/roles.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { changeRole, createAccessToken, createWorld, joinBySso, type Member, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
})
afterAll(() => app.close())

type Role = { id: string; key: string; name: string; builtIn: boolean; permissions: string[]; revision: number | null }
const fields = 'id key name builtIn permissions revision'
const create = `mutation($input: CreateRoleInput!) { createRole(input: $input) { role { ${fields} } } }`
const update = `mutation($input: UpdateRoleInput!) { updateRole(input: $input) { role { ${fields} } } }`
const remove = 'mutation($input: DeleteRoleInput!) { deleteRole(input: $input) { deletedRoleId } }'
const give = 'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }'

let number = 0
const unique = () => `Role ${++number}`
const named = (input: Record<string, unknown>) => ({
  input: { organizationId: world.organization.id, name: unique(), permissions: [], ...input },
})
async function makeRole(permissions: string[], by: GraphqlClient = world.owner): Promise<Role> {
  return (await by.run<{ createRole: { role: Role } }>(create, named({ permissions }))).createRole.role
}
let people = 0
/** A new member, with the role. */
async function join(role: string): Promise<Member> {
  const subject = `person-${++people}`
  const member = await joinBySso(app, world.idp, world.connection, { subject, email: `${subject}@acme.example` })
  if (role !== 'member') await changeRole(world.owner, member.membershipId, role)
  return member
}
const rolesOf = async (by: GraphqlClient): Promise<Role[]> =>
  (await by.run<{ organization: { roles: Role[] } }>(`{ organization(slug: "acme") { roles { ${fields} } } }`))
    .organization.roles
const permissionsOf = async (by: GraphqlClient): Promise<string[]> =>
  (
    await by.run<{ organization: { viewerPermissions: string[] } }>(
      '{ organization(slug: "acme") { viewerPermissions } }',
    )
  ).organization.viewerPermissions
const roleKeyOf = async ({ membershipId }: Member): Promise<string> => {
  const { node } = await world.owner.run<{ node: { role: { key: string } } }>(
    'query($id: ID!) { node(id: $id) { ... on Membership { role { key } } } }',
    { id: membershipId },
  )
  return node.role.key
}
const codeOfGiving = (by: GraphqlClient, membershipId: string, role: string) =>
  by.codeOf(give, { input: { membershipId, role } })

describe('a custom role', () => {
  test('has a key made of its name, its permissions in the usual order, and is in the list of roles', async () => {
    const input = named({ name: ' Support  (Zürich) ', permissions: ['auditEvent:read', 'member:read', 'member:read'] })
    const { createRole } = await world.owner.run<{ createRole: { role: Role } }>(create, input)
    expect(createRole.role).toEqual({
      id: expect.stringMatching(/^rol_/),
      key: 'support-zurich',
      name: 'Support (Zürich)',
      builtIn: false,
      permissions: ['organization:read', 'member:read', 'auditEvent:read'],
      revision: 1,
    })
    const listed = await rolesOf(world.member.client)
    expect(listed.map(({ key }) => key)).toEqual(['owner', 'admin', 'member', 'support-zurich'])
    expect(listed[3]).toEqual(createRole.role)
  })

  test('allows exactly what it says, from the next request on, and so does a change of it', async () => {
    const role = await makeRole(['member:read', 'sso:read'])
    const member = await join('member')
    const connections = '{ organization(slug: "acme") { ssoConnections { id } } }'
    expect(await member.client.codeOf(connections)).toBe('FORBIDDEN')
    await changeRole(world.owner, member.membershipId, role.key)
    expect(await member.client.codeOf(connections)).toBe('OK')
    expect(await permissionsOf(member.client)).toEqual(['organization:read', 'member:read', 'sso:read'])
    const change = { roleId: role.id, name: 'Auditors', permissions: ['member:read', 'auditEvent:read'] }
    const { updateRole } = await world.owner.run<{ updateRole: { role: Role } }>(update, { input: change })
    expect(updateRole.role).toMatchObject({ name: 'Auditors', key: role.key, revision: 2 })
    expect(await member.client.codeOf(connections)).toBe('FORBIDDEN')
    expect(await permissionsOf(member.client)).toEqual(['organization:read', 'member:read', 'auditEvent:read'])
  })

  test('filters the list of members, which shows it', async () => {
    const role = await makeRole(['member:read'])
    const member = await join(role.key)
    const list = `query($role: String) { organization(slug: "acme") {
      memberships(first: 100, role: $role) { totalCount nodes { id role { key name builtIn } } } } }`
    const only = await world.owner.run(list, { role: role.key })
    expect(only).toEqual({
      organization: {
        memberships: {
          totalCount: 1,
          nodes: [{ id: member.membershipId, role: { key: role.key, name: role.name, builtIn: false } }],
        },
      },
    })
    expect(await world.owner.refusedFields(list, { role: 'nothing' })).toEqual(['role UNKNOWN_ROLE'])
  })

  test('is offered as an assignable role to those who may give it', async () => {
    const role = await makeRole(['member:read', 'sso:read', 'sso:manage'])
    const offered = async (by: GraphqlClient) => {
      const { node } = await by.run<{ node: { assignableRoles: { key: string }[] } }>(
        'query($id: ID!) { node(id: $id) { ... on Membership { assignableRoles { key } } } }',
        { id: world.member.membershipId },
      )
      return node.assignableRoles.map(({ key }) => key)
    }
    expect(await offered(world.owner)).toContain(role.key)
    expect(await offered(world.admin.client)).not.toContain(role.key)
    expect(await offered(world.member.client)).toEqual([])
  })

  test('is hidden from other organizations, and is no role there', async () => {
    const role = await makeRole(['member:read'])
    const input = { roleId: role.id, name: 'Taken over' }
    expect(await world.outsider.codeOf(update, { input })).toBe('NOT_FOUND')
    expect(await world.outsider.codeOf(remove, { input: { roleId: role.id } })).toBe('NOT_FOUND')
    expect(await world.outsider.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: role.id })).toBe('NOT_FOUND')
    const own = { membershipId: world.outsiderMember.membershipId, role: role.key }
    expect(await world.outsider.refusedFields(give, { input: own })).toEqual(['input.role UNKNOWN_ROLE'])
    // The same key there is another role.
    const there = { ...named({ key: role.key }).input, organizationId: world.otherOrganization.id }
    expect(await world.outsider.codeOf(create, { input: there })).toBe('OK')
  })

  test('is refused with every mistake at once', async () => {
    const refused = (input: Record<string, unknown>) => world.owner.refusedFields(create, named(input))
    expect(await refused({ name: ' ', key: 'X', permissions: ['root', 'sso:manage'] })).toEqual([
      'input.name REQUIRED',
      'input.key INVALID_KEY',
      'input.permissions UNKNOWN_PERMISSION',
      'input.permissions NEEDS_PERMISSION',
    ])
    expect(await refused({ name: 'x'.repeat(61), key: 'long' })).toEqual(['input.name TOO_LONG'])
    expect(await refused({ name: 'Admin' })).toEqual(['input.name RESERVED'])
    expect(await refused({ name: 'organization OWNER' })).toEqual(['input.name RESERVED'])
    expect(await refused({ key: 'owner' })).toEqual(['input.key RESERVED'])
    expect(await refused({ name: '支持' })).toEqual(['input.key INVALID_KEY'])
  })

  test('is called as no other one is', async () => {
    const role = await makeRole([])
    expect(
      await world.owner.codeOf(
        create,
        named({ name: role.name.toUpperCase(), key: unique().replace(' ', '-').toLowerCase() }),
      ),
    ).toBe('CONFLICT ROLE_EXISTS')
    expect(await world.owner.codeOf(create, named({ key: role.key }))).toBe('CONFLICT ROLE_EXISTS')
    const other = await makeRole([])
    expect(await world.owner.codeOf(update, { input: { roleId: other.id, name: role.name } })).toBe(
      'CONFLICT ROLE_EXISTS',
    )
  })

  test('is not overwritten by whoever saw an older one', async () => {
    const role = await makeRole(['member:read'])
    const change = (name: string) => ({ input: { roleId: role.id, name, expectedRevision: 1 } })
    expect(await world.owner.codeOf(update, change(unique()))).toBe('OK')
    expect(await world.owner.codeOf(update, change(unique()))).toBe('CONFLICT STALE_REVISION')
  })

  test('bounds an access token, beside the role of its maker', async () => {
    const role = await makeRole(['member:read', 'sso:read', 'accessToken:read', 'accessToken:manage'])
    const maker = await join(role.key)
    const token = new GraphqlClient(
      app.origin,
      (await createAccessToken(maker.client, world.organization.id, role.key)).secret,
    )
    expect(await permissionsOf(token)).toEqual(role.permissions)
    const other = await makeRole(['member:read', 'auditEvent:read', 'sso:read'])
    await changeRole(world.owner, maker.membershipId, other.key)
    // What both allow, neither of which includes the other.
    expect(await permissionsOf(token)).toEqual(['organization:read', 'member:read', 'sso:read'])
  })
})

describe('nobody gives more than they hold', () => {
  test('not by making or changing a role', async () => {
    const manager = await makeRole(['member:read', 'role:manage'])
    const { client } = await join(manager.key)
    expect(await client.refusedFields(create, named({ permissions: ['member:read', 'auditEvent:read'] }))).toEqual([
      'input.permissions PERMISSION_ABOVE_ACTOR',
    ])
    const mine = await makeRole(['member:read'], client)
    const more = { roleId: mine.id, permissions: ['member:read', 'sso:read'] }
    expect(await client.refusedFields(update, { input: more })).toEqual(['input.permissions PERMISSION_ABOVE_ACTOR'])
    const above = await makeRole(['member:read', 'auditEvent:read'])
    for (const change of [{ name: unique() }, { permissions: ['member:read'] }]) {
      expect(await client.codeOf(update, { input: { roleId: above.id, ...change } })).toBe('FORBIDDEN')
    }
    expect(await client.codeOf(remove, { input: { roleId: above.id } })).toBe('FORBIDDEN')
  })

  test('not by giving a role, to others or to themself', async () => {
    const helper = await makeRole(['member:read', 'member:changeRole'])
    const { client, membershipId } = await join(helper.key)
    const more = await makeRole(['member:read', 'sso:read'])
    for (const target of [membershipId, world.member.membershipId]) {
      for (const role of [more.key, 'admin', 'owner'])
        expect(await codeOfGiving(client, target, role)).toBe('FORBIDDEN')
    }
    expect(await codeOfGiving(client, world.admin.membershipId, 'member')).toBe('FORBIDDEN')
    const someone = await join('member')
    expect(await codeOfGiving(client, someone.membershipId, helper.key)).toBe('OK')
    expect(await roleKeyOf(someone)).toBe(helper.key)
  })

  test('not by an access token', async () => {
    const role = await makeRole(['member:read', 'accessToken:read', 'accessToken:manage'])
    const { client } = await join(role.key)
    const make = 'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { secret } }'
    const input = (key: string) => ({ input: { organizationId: world.organization.id, name: 'x', role: key } })
    expect(await client.refusedFields(make, input('admin'))).toEqual(['input.role ROLE_ABOVE_ACTOR'])
    expect(await client.refusedFields(make, input('nothing'))).toEqual(['input.role UNKNOWN_ROLE'])
    expect(await client.codeOf(make, input(role.key))).toBe('OK')
  })

  test('not by deleting a role in favour of a higher one', async () => {
    const manager = await makeRole(['member:read', 'role:manage'])
    const { client } = await join(manager.key)
    const low = await makeRole(['member:read'])
    const accomplice = await join(low.key)
    const reassign = (reassignTo: string) => ({ input: { roleId: low.id, reassignTo } })
    expect(await client.refusedFields(remove, reassign('admin'))).toEqual(['input.reassignTo ROLE_ABOVE_ACTOR'])
    expect(await world.owner.refusedFields(remove, reassign('owner'))).toEqual(['input.reassignTo NOT_ALLOWED'])
    expect(await roleKeyOf(accomplice)).toBe(low.key)
  })

  test('a role with every permission is no owner: it makes none and touches none', async () => {
    const all = (await rolesOf(world.owner)).find(({ key }) => key === 'owner')?.permissions ?? []
    const everything = await makeRole(all)
    const { client, membershipId } = await join(everything.key)
    expect(await permissionsOf(client)).toEqual(all)
    expect(await codeOfGiving(client, membershipId, 'owner')).toBe('FORBIDDEN')
    const owner = await join('owner')
    expect(await codeOfGiving(client, owner.membershipId, 'member')).toBe('FORBIDDEN')
    const codes = 'mutation($input: CreateRecoveryCodesInput!) { createRecoveryCodes(input: $input) { codes } }'
    expect(await client.codeOf(codes, { input: { organizationId: world.organization.id } })).toBe('FORBIDDEN')
    const token = 'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { secret } }'
    const input = { organizationId: world.organization.id, name: 'x', role: 'owner' }
    expect(await client.refusedFields(token, { input })).toEqual(['input.role ROLE_ABOVE_ACTOR'])
    await changeRole(world.owner, owner.membershipId, 'member')
  })

  test('nobody takes the management of roles from themself, or deletes their own role', async () => {
    const manager = await makeRole(['member:read', 'role:manage'])
    const { client } = await join(manager.key)
    const less = { roleId: manager.id, permissions: ['member:read'] }
    expect(await client.refusedFields(update, { input: less })).toEqual(['input.permissions OWN_ROLE'])
    expect(await client.codeOf(remove, { input: { roleId: manager.id, reassignTo: 'member' } })).toBe('FORBIDDEN')
    expect(await world.owner.codeOf(update, { input: less })).toBe('OK')
  })

  test('built-in roles are nobody’s to change', async () => {
    for (const { id, builtIn } of await rolesOf(world.owner)) {
      if (!builtIn) continue
      expect(await world.owner.codeOf(update, { input: { roleId: id, name: 'Mine' } })).toBe('NOT_FOUND')
      expect(await world.owner.codeOf(remove, { input: { roleId: id, reassignTo: 'member' } })).toBe('NOT_FOUND')
    }
  })

  test('the API says in advance what an actor may put into a role and do with it', async () => {
    const manager = await makeRole(['member:read', 'role:manage'])
    const { client } = await join(manager.key)
    const above = await makeRole(['member:read', 'auditEvent:read'])
    const below = await makeRole(['member:read'])
    const { organization } = await client.run<{
      organization: {
        permissions: { key: string; viewerCanGrant: boolean; description: string }[]
        roleOverview: {
          role: Role
          memberCount: number
          accessTokenCount: number | null
          viewerCanChange: boolean
          viewerCanDelete: boolean
          replacements: { key: string }[]
        }[]
      }
    }>(`{ organization(slug: "acme") { permissions { key viewerCanGrant description } roleOverview {
      role { ${fields} } memberCount accessTokenCount viewerCanChange viewerCanDelete replacements { key } } } }`)
    const grantable = organization.permissions.filter(({ viewerCanGrant }) => viewerCanGrant).map(({ key }) => key)
    expect(grantable.toSorted()).toEqual(['member:read', 'organization:read', 'role:manage'])
    const of = ({ id }: { id: string }) => organization.roleOverview.find(({ role }) => role.id === id)
    expect(of({ id: 'rol_owner' })).toMatchObject({ viewerCanChange: false, viewerCanDelete: false, replacements: [] })
    expect(of(above)).toMatchObject({ viewerCanChange: false, viewerCanDelete: false, replacements: [] })
    expect(of(manager)).toMatchObject({ memberCount: 1, viewerCanChange: true, viewerCanDelete: false })
    expect(of(below)).toMatchObject({ accessTokenCount: null, viewerCanChange: true, viewerCanDelete: true })
    const replacements = of(below)?.replacements.map(({ key }) => key) ?? []
    expect(replacements).toContain('member')
    for (const never of ['owner', 'admin', above.key, below.key]) expect(replacements).not.toContain(never)
  })
})

describe('a role that is deleted', () => {
  test('goes at once while nobody has it', async () => {
    const { id, key } = await makeRole(['member:read'])
    expect(await world.owner.run(remove, { input: { roleId: id } })).toEqual({ deleteRole: { deletedRoleId: id } })
    expect((await rolesOf(world.owner)).some((role) => role.key === key)).toBe(false)
    expect(await world.owner.codeOf(remove, { input: { roleId: id } })).toBe('NOT_FOUND')
  })

  test('needs another one for whoever has it: members and access tokens get it', async () => {
    const role = await makeRole(['member:read', 'sso:read'])
    const member = await join(role.key)
    const token = new GraphqlClient(
      app.origin,
      (await createAccessToken(world.owner, world.organization.id, role.key)).secret,
    )
    expect(await world.owner.codeOf(remove, { input: { roleId: role.id } })).toBe('CONFLICT ROLE_IN_USE')
    const to = (reassignTo: string) => ({ input: { roleId: role.id, reassignTo } })
    expect(await world.owner.refusedFields(remove, to('nothing'))).toEqual(['input.reassignTo UNKNOWN_ROLE'])
    expect(await world.owner.refusedFields(remove, to(role.key))).toEqual(['input.reassignTo NOT_ALLOWED'])
    const next = await makeRole(['member:read', 'auditEvent:read'])
    expect(await world.owner.codeOf(remove, to(next.key))).toBe('OK')
    expect(await roleKeyOf(member)).toBe(next.key)
    expect(await permissionsOf(member.client)).toEqual(next.permissions)
    expect(await permissionsOf(token)).toEqual(next.permissions)
  })

  test('is never left with somebody, however many give it at the same moment', async () => {
    const members = await Promise.all(Array.from({ length: 8 }, () => join('member')))
    for (let round = 0; round < 5; round++) {
      const { id, key } = await makeRole(['member:read'])
      const answers = await Promise.all([
        ...members.slice(0, 4).map(({ membershipId }) => codeOfGiving(world.owner, membershipId, key)),
        world.owner.codeOf(remove, { input: { roleId: id, reassignTo: 'member' } }),
        ...members.slice(4).map(({ membershipId }) => codeOfGiving(world.owner, membershipId, key)),
        ...[1, 2, 3, 4].map(() =>
          world.owner.codeOf(
            'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { secret } }',
            {
              input: { organizationId: world.organization.id, name: 'Racing', role: key },
            },
          ),
        ),
      ])
      expect(answers[4]).toBe('OK')
      expect(answers.every((answer) => answer === 'OK' || answer === 'BAD_USER_INPUT')).toBe(true)
      for (const member of members) expect(await roleKeyOf(member)).toBe('member')
      expect(await app.db.$count(roles)).toBeGreaterThan(0)
      const [left] = await app.db.execute<{ count: string }>(`select count(*) from access_tokens where role = '${key}'`)
      expect(left?.count).toBe('0')
    }
  })

  test('cannot go by the database alone while somebody has it', async () => {
    const role = await makeRole(['member:read'])
    await join(role.key)
    await expect(app.db.execute(`delete from roles where id = '${role.id}'`)).rejects.toThrow('delete from roles')
    await expect(
      app.db.execute(`update memberships set role = 'ghost' where id = '${world.member.membershipId}'`),
    ).rejects.toThrow('update memberships')
  })
})
