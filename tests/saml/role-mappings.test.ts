import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import type { Answer, Person } from '../testkit/identity-provider.ts'
import {
  changeRole,
  connect,
  createWorld,
  joinBySso,
  type Member,
  type SamlConnection,
  signIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let world: World
let connection: SamlConnection
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  connection = await connect(world.owner, world.organization.id, world.idp, { name: 'Entra' })
})
afterAll(() => app.close())

type Rule = { attribute: string; value: string; label?: string; role: string }
const groups = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'
const mutation = `mutation($input: SetRoleMappingsInput!) { setRoleMappings(input: $input) {
  connection { id revision roleMappings { attribute value label role { key } } } } }`
const setRules = (mappings: Rule[], by: GraphqlClient = world.owner, more: Record<string, unknown> = {}) =>
  by.run<{ setRoleMappings: { connection: { revision: number; roleMappings: unknown[] } } }>(mutation, {
    input: { connectionId: connection.id, mappings, ...more },
  })
const codeOf = (mappings: Rule[], by: GraphqlClient = world.owner, more: Record<string, unknown> = {}) =>
  by.codeOf(mutation, { input: { connectionId: connection.id, mappings, ...more } })
const rule = (value: string, role: string, label?: string): Rule => ({
  attribute: groups,
  value,
  role,
  ...(label === undefined ? {} : { label }),
})

let people = 0
const somebody = (): Person => {
  const subject = `claimed-${++people}`
  return { subject, email: `${subject}@acme.example` }
}
const emailClaim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'
const saying = (person: Person, ...more: [string, ...string[]][]): Partial<Answer> => ({
  attributes: [[emailClaim, person.email ?? ''], ...more],
})
async function comeIn(person: Person, ...claims: [string, ...string[]][]): Promise<void> {
  const { step } = await signIn(app, world.idp, connection, person, { lies: saying(person, ...claims) })
  expect(step).toEqual({ location: '/' })
}
type Membership = { id: string; role: { key: string }; roleSource: string; rolePinned: boolean; roleExpiresAt: string }
async function membershipOf({ email = '' }: Person): Promise<Membership> {
  const { organization } = await world.owner.run<{ organization: { memberships: { nodes: Membership[] } } }>(
    `query($email: String!) { organization(slug: "acme") { memberships(first: 1, query: $email) { nodes {
      id role { key } roleSource rolePinned roleExpiresAt } } } }`,
    { email },
  )
  const [membership] = organization.memberships.nodes
  if (membership === undefined) throw new Error(`${email} is no member`)
  return membership
}
const roleOf = async (person: Person): Promise<string> => (await membershipOf(person)).role.key
type Check = { name: string; passed: boolean; actual: string }
async function lastChecks(): Promise<Check[]> {
  const { node } = await world.owner.run<{ node: { signInAttempts: { nodes: { checks: Check[] }[] } } }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes {
      checks { name passed actual } } } } } }`,
    { id: connection.id },
  )
  return node.signInAttempts.nodes[0]?.checks ?? []
}
const roleCheck = async () => (await lastChecks()).find(({ name }) => name === 'role')
async function lastEvents(type: string): Promise<{ summary: string; actor: string }[]> {
  const { organization } = await world.owner.run<{
    organization: { auditEvents: { nodes: { summary: string; actor: string }[] } }
  }>(
    `query($type: String) { organization(slug: "acme") { auditEvents(first: 3, type: $type) { nodes {
      summary actor } } } }`,
    { type },
  )
  return organization.auditEvents.nodes
}

describe('rules from claims to roles', () => {
  test('are kept in their order, with labels, raise the revision, and are recorded', async () => {
    const { setRoleMappings } = await setRules([rule('g-admins', 'admin', 'Admins'), rule('g-all', 'member')])
    expect(setRoleMappings.connection.roleMappings).toEqual([
      { attribute: groups, value: 'g-admins', label: 'Admins', role: { key: 'admin' } },
      { attribute: groups, value: 'g-all', label: null, role: { key: 'member' } },
    ])
    expect(setRoleMappings.connection.revision).toBe(connection.revision + 1)
    const [event] = await lastEvents('ssoConnection.roleMappingsChanged')
    expect(event?.summary).toBe(
      `Changed which roles the SSO connection Entra gives: rule 1 (${groups} is Admins): admin; rule 2 (${groups} is g-all): member.`,
    )
    const again = await setRules([rule('g-admins', 'admin', 'Admins'), rule('g-all', 'member')])
    expect(again.setRoleMappings.connection.revision).toBe(setRoleMappings.connection.revision)
  })

  test('give a new member the role, and say by which rule', async () => {
    const ada = somebody()
    await comeIn(ada, [groups, 'g-all', 'g-admins'])
    expect(await membershipOf(ada)).toMatchObject({ role: { key: 'admin' }, roleSource: 'MAPPING', rolePinned: false })
    expect(await roleCheck()).toMatchObject({
      passed: true,
      actual: `Organization Admin, by rule 1 (${groups} is Admins)`,
    })
  })

  test('follow at each sign-in, down as well, with an audit event that says why', async () => {
    const bob = somebody()
    await comeIn(bob, [groups, 'g-admins'])
    await comeIn(bob, [groups, 'g-all'])
    expect(await roleOf(bob)).toBe('member')
    const [event] = await lastEvents('membership.roleChanged')
    expect(event).toEqual({
      actor: bob.email,
      summary: `Changed the role of ${bob.email} from admin to member at sign-in: rule 2 (${groups} is g-all).`,
    })
    await comeIn(bob, [groups, 'g-admins'])
    await comeIn(bob, [groups, 'g-other'])
    expect(await roleOf(bob)).toBe('member')
  })

  test('freeze the role while the claim is missing, and say so', async () => {
    const cleo = somebody()
    await comeIn(cleo, [groups, 'g-admins'])
    await comeIn(cleo)
    expect(await roleOf(cleo)).toBe('admin')
    expect(await roleCheck()).toMatchObject({
      passed: false,
      actual: `stays Organization Admin: no rule could be decided: ${groups} did not come`,
    })
  })

  test('freeze it when Entra leaves the groups out because there are too many, and say what helps', async () => {
    const dora = somebody()
    await comeIn(dora, [groups, 'g-admins'])
    await comeIn(dora, [
      'http://schemas.microsoft.com/claims/groups.link',
      'https://graph.windows.net/x/getMemberObjects',
    ])
    expect(await roleOf(dora)).toBe('admin')
    expect((await roleCheck())?.actual).toContain('Groups assigned to the application')
  })

  test('see every value, also beyond those that a record keeps', async () => {
    const eve = somebody()
    const many = Array.from({ length: 400 }, (_, index) => `group-${index}`)
    await comeIn(eve, [groups, ...many, 'g-admins'])
    expect(await roleOf(eve)).toBe('admin')
  })

  test('never change a role that somebody chose, until it is unpinned', async () => {
    const finn = somebody()
    await comeIn(finn, [groups, 'g-all'])
    const { id } = await membershipOf(finn)
    await changeRole(world.owner, id, 'admin')
    await comeIn(finn, [groups, 'g-all'])
    expect(await membershipOf(finn)).toMatchObject({ role: { key: 'admin' }, roleSource: 'MANUAL', rolePinned: true })
    await world.owner.run(
      'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }',
      { input: { membershipId: id, role: 'admin', pinned: false } },
    )
    await comeIn(finn, [groups, 'g-all'])
    expect(await membershipOf(finn)).toMatchObject({ role: { key: 'member' }, roleSource: 'MAPPING' })
  })

  test('never touch an owner, pinned or not', async () => {
    const gina = somebody()
    await comeIn(gina, [groups, 'g-all'])
    const { id } = await membershipOf(gina)
    await world.owner.run(
      'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }',
      { input: { membershipId: id, role: 'owner', pinned: false } },
    )
    await comeIn(gina, [groups, 'g-all'])
    expect(await roleOf(gina)).toBe('owner')
    expect((await roleCheck())?.actual).toContain('owners are made and unmade by hand')
    await changeRole(world.owner, id, 'member')
  })

  test('count for whoever first had to prove that an account is theirs', async () => {
    const subject = `late-${++people}`
    const owner = { subject, email: 'owner@acme.example' }
    // The owner exists with a password: they are asked, and stay owner. A member of no organization would get the role.
    const { step, client } = await signIn(app, world.idp, connection, owner, {
      lies: saying(owner, [groups, 'g-admins']),
    })
    expect('location' in step && step.location).toContain('/link-account?token=')
    const token = new URL('location' in step ? step.location : '', app.origin).searchParams.get('token')
    await client.run('mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { returnPath } }', {
      input: { token, password: 'correct horse battery' },
    })
    expect((await roleCheck())?.actual).toContain('owners are made and unmade by hand')
  })

  test('without any change nothing: sign-ins leave roles alone again', async () => {
    await setRules([])
    const hugo = somebody()
    await comeIn(hugo, [groups, 'g-admins'])
    expect(await membershipOf(hugo)).toMatchObject({ role: { key: 'member' }, roleSource: 'JUST_IN_TIME' })
    expect(await roleCheck()).toBeUndefined()
  })
})

describe('setting the rules', () => {
  const fieldsOf = async (mappings: Rule[], by: GraphqlClient = world.owner) => {
    const { errors } = await by.send(mutation, { input: { connectionId: connection.id, mappings } })
    const { fields } = (errors[0]?.extensions ?? {}) as { fields?: { path: string; reason: string }[] }
    return fields?.map(({ path, reason }) => `${path} ${reason}`)
  }

  test('names every mistake by its place', async () => {
    const wrong = [
      { attribute: ' ', value: 'x', role: 'member' },
      { attribute: 'groups', value: ' ', role: 'member' },
      { attribute: 'groups', value: 'x'.repeat(257), role: 'nobody' },
      { attribute: 'groups', value: 'a\u0007b', role: 'owner' },
      { attribute: 'groups', value: 'Same', label: 'l'.repeat(101), role: 'member' },
      { attribute: 'groups', value: 'same', role: 'admin' },
    ]
    expect(await fieldsOf(wrong)).toEqual([
      'input.mappings.0.attribute REQUIRED',
      'input.mappings.1.value REQUIRED',
      'input.mappings.2.value TOO_LONG',
      'input.mappings.3.value CONTROL_CHARACTER',
      'input.mappings.3.role NOT_ALLOWED',
      'input.mappings.4.label TOO_LONG',
      'input.mappings.5.value DUPLICATE',
      'input.mappings.2.role UNKNOWN_ROLE',
    ])
    const many = Array.from({ length: 101 }, (_, index) => rule(`g-${index}`, 'member'))
    expect(await fieldsOf(many)).toEqual(['input.mappings TOO_MANY'])
  })

  test('is refused to whoever saw another revision', async () => {
    expect(await codeOf([rule('x', 'member')], world.owner, { expectedRevision: 1 })).toBe('CONFLICT STALE_REVISION')
  })

  test('is for those who may give the roles: nobody gives, or takes away, more than they hold', async () => {
    const create = 'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id key } } }'
    const make = async (name: string, permissions: string[]) => {
      const input = { organizationId: world.organization.id, name, permissions }
      return (await world.owner.run<{ createRole: { role: { key: string } } }>(create, { input })).createRole.role.key
    }
    const all = ['organization:read', 'sso:read', 'sso:manage', 'member:read']
    const join = async (role: string): Promise<Member> => {
      const member = await joinBySso(app, world.idp, world.connection, somebody())
      await changeRole(world.owner, member.membershipId, role)
      return member
    }
    const connector = await join(await make('Connector', all))
    expect(await codeOf([rule('x', 'member')], connector.client)).toBe('FORBIDDEN')
    const manager = await join(await make('Manager', [...all, 'member:changeRole']))
    expect(await fieldsOf([rule('x', 'admin')], manager.client)).toEqual(['input.mappings.0.role ROLE_ABOVE_ACTOR'])
    await setRules([rule('x', 'member')], manager.client)
    await setRules([rule('x', 'admin')])
    expect(await codeOf([], manager.client)).toBe('FORBIDDEN')
    await setRules([])
  })

  test('keeps a custom role from being deleted without another one, which its rules then give', async () => {
    const create = 'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id key } } }'
    const input = { organizationId: world.organization.id, name: 'Mapped', permissions: ['member:read'] }
    const { createRole } = await world.owner.run<{ createRole: { role: { id: string; key: string } } }>(create, {
      input,
    })
    const { id: roleId, key } = createRole.role
    await setRules([rule('g-mapped', key)])
    const ivy = somebody()
    await comeIn(ivy, [groups, 'g-mapped'])
    expect(await roleOf(ivy)).toBe(key)
    await comeIn(ivy, [groups, 'g-none'])
    expect(await roleOf(ivy)).toBe('member')
    const remove = 'mutation($input: DeleteRoleInput!) { deleteRole(input: $input) { deletedRoleId } }'
    expect(await world.owner.codeOf(remove, { input: { roleId } })).toBe('CONFLICT ROLE_IN_USE')
    await world.owner.run(remove, { input: { roleId, reassignTo: 'admin' } })
    await comeIn(ivy, [groups, 'g-mapped'])
    expect(await roleOf(ivy)).toBe('admin')
    await setRules([])
  })

  test('and sign-ins and the deletion of the role get along at once', async () => {
    const create = 'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id key } } }'
    const input = { organizationId: world.organization.id, name: 'Passing', permissions: ['member:read'] }
    const { createRole } = await world.owner.run<{ createRole: { role: { id: string; key: string } } }>(create, {
      input,
    })
    const { id: roleId, key } = createRole.role
    await setRules([rule('g-passing', key)])
    const crowd = Array.from({ length: 8 }, somebody)
    await Promise.all(crowd.slice(0, 4).map((person) => comeIn(person, [groups, 'g-none'])))
    const remove = 'mutation($input: DeleteRoleInput!) { deleteRole(input: $input) { deletedRoleId } }'
    await Promise.all([
      ...crowd.map((person) => comeIn(person, [groups, 'g-passing'])),
      world.owner.run(remove, { input: { roleId, reassignTo: 'member' } }),
    ])
    for (const person of crowd) expect(await roleOf(person)).toBe('member')
    await setRules([])
  })
})
