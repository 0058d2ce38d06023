import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { changeRole, createWorld, joinBySso, type Member, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let ada: Member
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  ada = await joinBySso(app, world.idp, world.connection, { subject: 'ada', email: 'ada@acme.example' })
})
afterAll(() => app.close())

type Explanation = {
  allowed: boolean
  permission: string
  reasons: { title: string; passed: boolean; explanation: string }[]
}
const query = `query($membershipId: ID!, $permission: String!) { explainAccess(membershipId: $membershipId, permission: $permission) {
  allowed permission membership { id } reasons { title passed explanation } } }`
const explain = async (permission: string, membershipId = ada.membershipId) =>
  (await world.owner.run<{ explainAccess: Explanation }>(query, { membershipId, permission })).explainAccess
const because = ({ reasons }: Explanation, title: string) => reasons.find((reason) => reason.title === title)

describe('why a member may do something', () => {
  test('names the role, where it came from, and the roles that would do', async () => {
    const explanation = await explain('member:invite')
    expect(explanation).toMatchObject({ allowed: false, permission: 'member:invite' })
    expect(because(explanation, 'Role')?.explanation).toBe(
      'Organization Member, as everybody who comes in by single sign-on. A sign-in may change it, where a connection has rules for roles.',
    )
    expect(because(explanation, 'Permission')).toEqual({
      title: 'Permission',
      passed: false,
      explanation:
        'Organization Member does not include “Invite people” (member:invite). These roles do: Organization Owner, Organization Admin.',
    })
  })

  test('follows a change of the role and says that it ends', async () => {
    await world.owner.run(
      'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }',
      {
        input: { membershipId: ada.membershipId, role: 'admin', expiresAt: '2999-01-01T12:30:00Z' },
      },
    )
    const explanation = await explain('member:invite')
    expect(explanation.allowed).toBe(true)
    expect(because(explanation, 'Role')?.explanation).toBe(
      'Organization Admin, given by hand. Sign-ins leave it as it is. It ends at 2999-01-01 12:30 UTC.',
    )
  })

  test('agrees with what the member may do, permission by permission', async () => {
    for (const role of ['member', 'admin', 'owner']) {
      await changeRole(world.owner, ada.membershipId, role)
      const { organization } = await ada.client.run<{
        organization: { viewerPermissions: string[]; permissions: { key: string }[] }
      }>('{ organization(slug: "acme") { viewerPermissions permissions { key } } }')
      for (const { key } of organization.permissions) {
        expect((await explain(key)).allowed, `${key} as ${role}`).toBe(organization.viewerPermissions.includes(key))
      }
    }
    await changeRole(world.owner, ada.membershipId, 'member')
  })

  test('of a suspended member is that they may do nothing', async () => {
    const suspend =
      'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }'
    await world.owner.run(suspend, { input: { membershipId: ada.membershipId, suspended: true } })
    const explanation = await explain('organization:read')
    expect(explanation.allowed).toBe(false)
    expect(because(explanation, 'Membership')).toMatchObject({ passed: false })
    await world.owner.run(suspend, { input: { membershipId: ada.membershipId, suspended: false } })
  })

  test('is not asked of permissions that there are not, with those that there are', async () => {
    const { errors } = await world.owner.send(query, { membershipId: ada.membershipId, permission: 'member:fly' })
    expect(errors[0]?.extensions).toMatchObject({ fields: [{ path: 'permission', reason: 'UNKNOWN_PERMISSION' }] })
    expect(errors[0]?.message).toContain('member:read')
  })
})
