import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditEvents } from '../../server/src/db/schema/audit-events.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock } from '../testkit/clock.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { changeRole, createAccessToken, createWorld, joinBySso, type Member, type World } from '../testkit/scenario.ts'

const clock = createTestClock()
const hour = 60 * 60 * 1000
const inHours = (hours: number): string => new Date(clock.now().getTime() + hours * hour).toISOString()

let app: TestApp
let world: World
let ownerId: string
beforeAll(async () => {
  app = await startTestApp({ clock })
  world = await createWorld(app)
  const own = '{ organization(slug: "acme") { viewerMembership { id } } }'
  ownerId = (await world.owner.run<{ organization: { viewerMembership: { id: string } } }>(own)).organization
    .viewerMembership.id
})
afterAll(() => app.close())

const change = `mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership {
  role { key } roleSource rolePinned roleExpiresAt } } }`
type Shown = { role: { key: string }; roleSource: string; rolePinned: boolean; roleExpiresAt: string | null }
const give = async (membershipId: string, input: Record<string, unknown>): Promise<Shown> =>
  (await world.owner.run<{ changeMemberRole: { membership: Shown } }>(change, { input: { membershipId, ...input } }))
    .changeMemberRole.membership
const shown = async (id: string): Promise<Shown> =>
  (
    await world.owner.run<{ node: Shown }>(
      'query($id: ID!) { node(id: $id) { ... on Membership { role { key } roleSource rolePinned roleExpiresAt } } }',
      { id },
    )
  ).node
let people = 0
const join = (): Promise<Member> => {
  const subject = `person-${++people}`
  return joinBySso(app, world.idp, world.connection, { subject, email: `${subject}@acme.example` })
}
const attempts = '{ organization(slug: "acme") { auditEvents(first: 1) { totalCount } } }'
const eventTypes = async (): Promise<string[]> =>
  (await app.db.select().from(auditEvents)).toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ type }) => type)

describe('a role that ends', () => {
  test('counts no longer from that moment on, before any job has run, nor do tokens of its holder', async () => {
    const member = await join()
    const expiresAt = inHours(1)
    expect(await give(member.membershipId, { role: 'admin', expiresAt })).toEqual({
      role: { key: 'admin' },
      roleSource: 'MANUAL',
      rolePinned: true,
      roleExpiresAt: expiresAt,
    })
    const { secret } = await createAccessToken(member.client, world.organization.id, 'admin')
    const token = new GraphqlClient(app.origin, secret)
    expect([await member.client.codeOf(attempts), await token.codeOf(attempts)]).toEqual(['OK', 'OK'])
    clock.advance(hour)
    expect([await member.client.codeOf(attempts), await token.codeOf(attempts)]).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    const after = { role: { key: 'member' }, roleSource: 'EXPIRY', rolePinned: false, roleExpiresAt: null }
    expect(await shown(member.membershipId)).toEqual(after)
    const listed =
      'query($role: String) { organization(slug: "acme") { memberships(first: 100, role: $role) { nodes { id } } } }'
    const ids = async (role: string) =>
      (
        await world.owner.run<{ organization: { memberships: { nodes: { id: string }[] } } }>(listed, { role })
      ).organization.memberships.nodes.map(({ id }) => id)
    expect(await ids('admin')).not.toContain(member.membershipId)
    expect(await ids('member')).toContain(member.membershipId)
    await app.runJobs()
    expect((await eventTypes()).at(-1)).toBe('membership.roleExpired')
    await app.runJobs()
    expect((await eventTypes()).filter((type) => type === 'membership.roleExpired')).toHaveLength(1)
    expect(await shown(member.membershipId)).toEqual(after)
  })

  test('keeps its end with the same role, has none with another one, and may lose it', async () => {
    const { membershipId } = await join()
    const expiresAt = inHours(2)
    await give(membershipId, { role: 'admin', expiresAt })
    expect(await give(membershipId, { role: 'admin', pinned: false })).toMatchObject({
      rolePinned: false,
      roleExpiresAt: expiresAt,
    })
    expect((await eventTypes()).at(-1)).toBe('membership.roleTermsChanged')
    expect(await give(membershipId, { role: 'admin', expiresAt: null })).toMatchObject({ roleExpiresAt: null })
    await give(membershipId, { role: 'admin', expiresAt })
    expect(await give(membershipId, { role: 'member' })).toMatchObject({ roleExpiresAt: null, rolePinned: true })
  })

  test('ends in the future, and member has no end', async () => {
    const { membershipId } = await join()
    const refused = (input: Record<string, unknown>) =>
      world.owner.refusedFields(change, { input: { membershipId, ...input } })
    expect(await refused({ role: 'admin', expiresAt: inHours(0) })).toEqual(['input.expiresAt NOT_IN_FUTURE'])
    expect(await refused({ role: 'member', expiresAt: inHours(1) })).toEqual(['input.expiresAt NOT_ALLOWED'])
  })

  test('is given for no longer by whoever has one, and not made longer by them', async () => {
    const admin = await join()
    const other = await join()
    await give(admin.membershipId, { role: 'admin', expiresAt: inHours(1) })
    const code = (membershipId: string, expiresAt: string | null) =>
      admin.client.codeOf(change, { input: { membershipId, role: 'admin', expiresAt } })
    expect(await code(other.membershipId, null)).toBe('FORBIDDEN')
    expect(await code(admin.membershipId, null)).toBe('FORBIDDEN')
    expect(await code(admin.membershipId, inHours(5))).toBe('FORBIDDEN')
    expect(await code(other.membershipId, inHours(1))).toBe('OK')
  })
})

describe('an owner for a time', () => {
  test('is not the owner that always remains', async () => {
    const second = await join()
    await give(second.membershipId, { role: 'owner', expiresAt: inHours(1) })
    const lasting = { membershipId: ownerId, role: 'owner', expiresAt: inHours(1) }
    expect(await world.owner.codeOf(change, { input: lasting })).toBe('CONFLICT LAST_OWNER')
    expect(await second.client.codeOf(change, { input: { membershipId: ownerId, role: 'admin' } })).toBe(
      'CONFLICT LAST_OWNER',
    )
    const leave =
      'mutation($input: LeaveOrganizationInput!) { leaveOrganization(input: $input) { leftOrganizationId } }'
    expect(await world.owner.codeOf(leave, { input: { organizationId: world.organization.id } })).toBe(
      'CONFLICT LAST_OWNER',
    )
    expect(await second.client.codeOf(leave, { input: { organizationId: world.organization.id } })).toBe('OK')
  })

  test('may take the place of another permanent one', async () => {
    const second = await join()
    await changeRole(world.owner, second.membershipId, 'owner')
    expect(await give(ownerId, { role: 'owner', expiresAt: inHours(1) })).toMatchObject({ role: { key: 'owner' } })
    expect(await second.client.codeOf(change, { input: { membershipId: second.membershipId, role: 'admin' } })).toBe(
      'CONFLICT LAST_OWNER',
    )
  })
})
