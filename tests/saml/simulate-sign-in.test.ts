import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { Person } from '../testkit/identity-provider.ts'
import {
  changeRole,
  connect,
  createWorld,
  joinBySso,
  type SamlConnection,
  signIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let world: World
let second: SamlConnection
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  second = await connect(world.owner, world.organization.id, world.idp, { name: 'Second' })
  await setRules(world.connection.id, [
    { attribute: 'groups', value: 'admins', label: 'Administrators', role: 'admin' },
    { attribute: 'groups', value: 'all', role: 'member' },
  ])
})
afterAll(() => app.close())

type Simulation = {
  email: string
  account: string | null
  connection: { id: string } | null
  currentRole: { key: string } | null
  role: { key: string } | null
  checks: { name: string; passed: boolean; actual: string }[]
}
const query = `query($input: SimulateSignInInput!) { simulateSignIn(input: $input) { email account connection { id }
  currentRole { key } role { key } checks { name passed actual } } }`
const inputOf = (input: Record<string, unknown>) => ({ input: { organizationId: world.organization.id, ...input } })
const simulate = async (input: Record<string, unknown>) =>
  (await world.owner.run<{ simulateSignIn: Simulation }>(query, inputOf(input))).simulateSignIn
const setRules = (connectionId: string, mappings: object[]) =>
  world.owner.run('mutation($input: SetRoleMappingsInput!) { setRoleMappings(input: $input) { connection { id } } }', {
    input: { connectionId, mappings },
  })
const said = (simulation: Simulation, name: string) => simulation.checks.find((row) => row.name === name)?.actual

let people = 0
const somebody = (): Person => {
  const subject = `simulated-${++people}`
  return { subject, email: `${subject}@acme.example` }
}
const emailClaim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'
const comeIn = (person: Person, ...groups: string[]) =>
  signIn(app, world.idp, world.connection, person, {
    lies: {
      attributes: [
        [emailClaim, person.email ?? ''],
        ...(groups.length > 0 ? [['groups', ...groups] as [string, ...string[]]] : []),
      ],
    },
  })
async function lastAttemptId(): Promise<string> {
  const { node } = await world.owner.run<{ node: { signInAttempts: { nodes: { id: string }[] } } }>(
    'query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes { id } } } } }',
    { id: world.connection.id },
  )
  return node.signInAttempts.nodes[0]?.id ?? ''
}

describe('a simulated sign-in', () => {
  test('of an unknown address makes an account, and cannot know its groups', async () => {
    const simulation = await simulate({ email: ' Nobody@Acme.Example ' })
    expect(simulation).toMatchObject({
      email: 'nobody@acme.example',
      account: 'CREATED',
      connection: { id: world.connection.id },
      currentRole: null,
      role: { key: 'member' },
    })
    expect(simulation.checks.map(({ name, passed }) => [name, passed])).toEqual([
      ['connection', true],
      ['account', true],
      ['membership', true],
      ['role', false],
    ])
    expect(said(simulation, 'connection')).toContain('one of 2 that they choose from')
    expect(said(simulation, 'role')).toContain('is not known before a sign-in of theirs')
  })

  test('says what given attributes would do, and then the sign-in does the same', async () => {
    const ada = somebody()
    const attributes = [{ name: 'groups', values: ['all', 'admins'] }]
    const before = await simulate({ email: ada.email, attributes })
    expect(before).toMatchObject({ account: 'CREATED', role: { key: 'admin' } })
    expect(said(before, 'role')).toBe(
      'Organization Admin, by rule 1 (groups is Administrators). Looked at: groups (2 values)',
    )
    await comeIn(ada, 'all', 'admins')
    expect(await simulate({ email: ada.email })).toMatchObject({
      account: 'KNOWN',
      currentRole: { key: 'admin' },
      role: { key: 'admin' },
    })
  })

  test('goes by what the identity provider said of them last, and changes nothing', async () => {
    const bob = somebody()
    await comeIn(bob, 'admins')
    await comeIn(bob, 'all')
    const attempts = async () => (await simulate({ email: bob.email })).checks
    expect(await attempts()).toEqual(await attempts())
    expect(await simulate({ email: bob.email })).toMatchObject({
      currentRole: { key: 'member' },
      role: { key: 'member' },
    })
    const draft = [{ attribute: 'groups', value: 'all', role: 'admin' }]
    const tried = await simulate({ email: bob.email, mappings: draft })
    expect(tried).toMatchObject({ currentRole: { key: 'member' }, role: { key: 'admin' } })
    expect(await simulate({ email: bob.email })).toMatchObject({
      currentRole: { key: 'member' },
      role: { key: 'member' },
    })
  })

  test('of a stored attempt uses what came with it', async () => {
    const cleo = somebody()
    await comeIn(cleo, 'admins')
    const attemptId = await lastAttemptId()
    await comeIn(cleo, 'all')
    const again = await simulate({ attemptId })
    expect(again).toMatchObject({
      email: cleo.email,
      account: 'KNOWN',
      currentRole: { key: 'member' },
      role: { key: 'admin' },
    })
    expect(said(again, 'connection')).toContain('where the attempt was made')
  })

  test('of a refused attempt that says who it was works; of one that does not says so', async () => {
    const dan = somebody()
    const lies = {
      attributes: [
        [emailClaim, dan.email ?? ''],
        ['groups', 'admins'],
      ] as [string, ...string[]][],
      audience: 'https://other.example',
    }
    await signIn(app, world.idp, world.connection, dan, { lies })
    expect(await simulate({ attemptId: await lastAttemptId() })).toMatchObject({
      account: 'CREATED',
      role: { key: 'admin' },
    })
    await signIn(app, world.idp, world.connection, dan, { lies: { sign: 'none' } })
    const { errors } = await world.owner.send(query, inputOf({ attemptId: await lastAttemptId() }))
    expect(errors[0]?.extensions).toMatchObject({ fields: [{ path: 'input.attemptId', reason: 'NOTHING_ASSERTED' }] })
  })

  test('tells of links, proofs and refusals', async () => {
    const asked = await simulate({ email: 'owner@acme.example' })
    expect(asked).toMatchObject({ account: 'ASKED_TO_PROVE', role: { key: 'owner' } })
    const eve = somebody()
    const { membershipId } = await joinBySso(app, world.idp, world.connection, eve)
    const known = await simulate({ email: eve.email, connectionId: second.id })
    expect(known).toMatchObject({ account: 'ASKED_TO_PROVE', connection: { id: second.id } })
    expect(said(known, 'role')).toContain('no rules for roles')
    await world.owner.run(
      'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
      { input: { membershipId, suspended: true } },
    )
    const shut = await simulate({ email: eve.email })
    expect(shut).toMatchObject({ role: null, currentRole: { key: 'member' } })
    expect(said(shut, 'membership')).toContain('suspended')
  })

  test('says that a chosen role stays', async () => {
    const finn = somebody()
    const { membershipId } = await joinBySso(app, world.idp, world.connection, finn)
    await changeRole(world.owner, membershipId, 'admin')
    const simulation = await simulate({ email: finn.email, attributes: [{ name: 'groups', values: ['all'] }] })
    expect(simulation.role).toEqual({ key: 'admin' })
    expect(said(simulation, 'role')).toContain('somebody chose it and pinned it')
  })

  test('needs one of address and attempt, and things of the organization', async () => {
    const fields = async (input: Record<string, unknown>) => {
      const { errors } = await world.owner.send(query, inputOf(input))
      const { code, fields: wrong } = (errors[0]?.extensions ?? {}) as {
        code: string
        fields?: { path: string; reason: string }[]
      }
      return wrong?.map(({ path, reason }) => `${path} ${reason}`) ?? code
    }
    expect(await fields({})).toEqual(['input.email EITHER_OR'])
    expect(await fields({ email: 'a@b.example', attemptId: 'att_x' })).toEqual(['input.email EITHER_OR'])
    expect(await fields({ email: 'nobody' })).toEqual(['input.email INVALID_EMAIL'])
    expect(await fields({ attemptId: 'att_00000000000000000000000000' })).toBe('NOT_FOUND')
    expect(await fields({ email: 'a@b.example', connectionId: 'sso_00000000000000000000000000' })).toBe('NOT_FOUND')
    const unknownRole = [{ attribute: 'groups', value: 'all', role: 'nothing' }]
    const attributes = [{ name: 'groups', values: ['all'] }]
    expect(await fields({ email: 'a@b.example', mappings: unknownRole, attributes })).toEqual([
      'input.mappings UNKNOWN_ROLE',
    ])
  })
})
