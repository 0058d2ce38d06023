import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { keepTables, putBack } from '../testkit/kept-tables.ts'
import { changeRole, createWorld, type Member, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let ownerId: string

const demote = (by: GraphqlClient, membershipId: string, role = 'member'): Promise<string> =>
  by.codeOf('mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }', {
    input: { membershipId, role },
  })
const suspend = (by: GraphqlClient, membershipId: string): Promise<string> =>
  by.codeOf('mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }', {
    input: { membershipId, suspended: true },
  })
const remove = (by: GraphqlClient, membershipId: string): Promise<string> =>
  by.codeOf('mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }', {
    input: { membershipId },
  })
const leave = (by: GraphqlClient): Promise<string> =>
  by.codeOf('mutation($input: LeaveOrganizationInput!) { leaveOrganization(input: $input) { leftOrganizationId } }', {
    input: { organizationId: world.organization.id },
  })

/** Asked of the database, not of the API. */
const activeOwners = async (): Promise<string[]> => {
  const rows = await app.db.execute<{ id: string }>(
    `select id from memberships where organization_id = '${world.organization.id}' and role = 'owner' and suspended_at is null`,
  )
  return rows.map((row) => row.id)
}

async function restore(): Promise<void> {
  await app.db.execute('delete from memberships')
  await app.db.execute('delete from sessions')
  await putBack(app.db, 'memberships')
  await putBack(app.db, 'sessions')
}

beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  const own = '{ organization(slug: "acme") { viewerMembership { id } } }'
  const { organization } = await world.owner.run<{ organization: { viewerMembership: { id: string } } }>(own)
  ownerId = organization.viewerMembership.id
  // Owns nothing else, so that losing the organization ends the session.
  await keepTables(app.db, ['memberships', 'sessions'])
})
afterAll(() => app.close())

describe('the last owner', () => {
  test('can be neither demoted, suspended nor removed, and cannot leave', async () => {
    for (const by of [world.owner, world.ownerToken]) {
      expect(await demote(by, ownerId)).toBe('CONFLICT LAST_OWNER')
      expect(await demote(by, ownerId, 'admin')).toBe('CONFLICT LAST_OWNER')
      expect(await suspend(by, ownerId)).toBe('CONFLICT LAST_OWNER')
      expect(await remove(by, ownerId)).toBe('CONFLICT LAST_OWNER')
    }
    expect(await leave(world.owner)).toBe('CONFLICT LAST_OWNER')
    expect(await activeOwners()).toEqual([ownerId])
    expect(await world.owner.codeOf('{ viewer { user { id } } }')).toBe('OK')
  })

  test('is told in the error what to do', async () => {
    const { errors } = await world.owner.send(
      'mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }',
      { input: { membershipId: ownerId } },
    )
    expect(errors).toMatchObject([
      {
        message: 'This is the only active owner of the organization. Make somebody else an owner first.',
        extensions: { code: 'CONFLICT', reason: 'LAST_OWNER' },
      },
    ])
  })

  test('is still the last one beside an owner who is suspended', async () => {
    await changeRole(world.owner, world.member.membershipId, 'owner')
    expect(await suspend(world.owner, world.member.membershipId)).toBe('OK')
    expect(await demote(world.owner, ownerId)).toBe('CONFLICT LAST_OWNER')
    expect(await leave(world.owner)).toBe('CONFLICT LAST_OWNER')
    // Somebody who is suspended already is not what keeps the organization owned.
    expect(await demote(world.owner, world.member.membershipId)).toBe('OK')
    await restore()
  })

  test('may go once there is another', async () => {
    await changeRole(world.owner, world.admin.membershipId, 'owner')
    expect(await leave(world.owner)).toBe('OK')
    expect(await activeOwners()).toEqual([world.admin.membershipId])
    expect(await leave(world.admin.client)).toBe('CONFLICT LAST_OWNER')
    await restore()
  })
})

describe('two owners who act at the same moment', () => {
  let second: Member

  /** What each of fifty requests tries, mixed differently every round. */
  const attempts = (round: number): (() => Promise<string>)[] => {
    const sides = [
      { by: world.owner, own: ownerId, other: second.membershipId },
      { by: second.client, own: second.membershipId, other: ownerId },
    ] as const
    return Array.from({ length: 50 }, (_, n) => {
      const { by, own, other } = sides[(n + round) % 2] ?? sides[0]
      const tries = [
        () => demote(by, other),
        () => leave(by),
        () => suspend(by, other),
        () => remove(by, other),
        () => demote(by, own),
        () => demote(by, other, 'admin'),
        () => demote(by, own, 'admin'),
      ]
      return tries[(Math.floor(n / 2) + round) % tries.length] ?? (() => leave(by))
    })
  }

  const expected = new Set(['OK', 'FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED', 'CONFLICT LAST_OWNER'])

  beforeAll(async () => {
    await restore()
    second = world.admin
    await changeRole(world.owner, second.membershipId, 'owner')
    await keepTables(app.db, ['memberships', 'sessions'])
  })

  test.each(Array.from({ length: 12 }, (_, round) => round))(
    'leave an active owner after fifty requests at once (round %i)',
    async (round) => {
      await restore()
      expect(await activeOwners()).toHaveLength(2)
      const codes = await Promise.all(attempts(round).map((attempt) => attempt()))
      expect(codes.filter((code) => !expected.has(code))).toEqual([])
      expect(codes).toContain('OK')
      expect((await activeOwners()).length).toBeGreaterThanOrEqual(1)
    },
  )

  test('leave an active owner when each only leaves', async () => {
    for (let round = 0; round < 10; round++) {
      await restore()
      const codes = await Promise.all([leave(world.owner), leave(second.client)])
      expect(codes.toSorted()).toEqual(['CONFLICT LAST_OWNER', 'OK'])
      expect(await activeOwners()).toHaveLength(1)
    }
  })

  test('leave an active owner while both sign in all the time', async () => {
    for (let round = 0; round < 4; round++) {
      await restore()
      const signIns = Array.from({ length: 6 }, () => signIn(app, world.idp, world.connection, second))
      const passwords = Array.from({ length: 6 }, () =>
        app.nobody().codeOf('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
          input: { email: 'owner@acme.example', password: 'correct horse battery' },
        }),
      )
      const codes = await Promise.all(attempts(round).map((attempt) => attempt()))
      expect(codes.filter((code) => !expected.has(code))).toEqual([])
      const steps = (await Promise.all(signIns)).map(({ step }) => ('refused' in step ? step.refused : step.location))
      expect(steps.filter((step) => step !== '/' && step !== 'MEMBER_SUSPENDED')).toEqual([])
      expect(new Set(await Promise.all(passwords))).toEqual(new Set(['OK']))
      expect((await activeOwners()).length).toBeGreaterThanOrEqual(1)
    }
  })
})
