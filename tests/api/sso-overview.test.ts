import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { days } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { answerTo, createWorld, post, signIn, startSignIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let world: World
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  world = await createWorld(app)
})
afterAll(() => app.close())

type Overview = {
  connections: { connection: { id: string }; lastSignInAt: string | null; succeeded: number; refused: number }[]
  recentAttempts: { id: string; succeeded: boolean; email: string | null }[]
  membersWithoutSso: number
}
async function overview(by: GraphqlClient = world.owner): Promise<Overview> {
  const { organization } = await by.run<{ organization: { ssoOverview: Overview } }>(
    `{ organization(slug: "acme") { ssoOverview { connections { connection { id } lastSignInAt succeeded refused }
      recentAttempts { id succeeded email } membersWithoutSso } } }`,
  )
  return organization.ssoOverview
}
const listed = async (args: string, by: GraphqlClient = world.owner): Promise<string[]> => {
  const { organization } = await by.run<{
    organization: { memberships: { totalCount: number; nodes: { user: { email: string } }[] } }
  }>(`{ organization(slug: "acme") { memberships(first: 50, ${args}) { totalCount nodes { user { email } } } } }`)
  const { totalCount, nodes } = organization.memberships
  expect(totalCount).toBe(nodes.length)
  return nodes.map(({ user }) => user.email)
}

async function refuse(): Promise<void> {
  const started = await startSignIn(app, world.connection)
  const person = { subject: 'eve', email: 'eve@acme.example', name: 'Eve' }
  const lies = { audience: 'https://somebody.else' }
  await post(started.browser, world.connection, world.idp.response(answerTo(app, started, person, lies)))
}

describe('the overview', () => {
  test('counts the sign-ins of seven days, and knows the last one', async () => {
    const before = await overview()
    await signIn(app, world.idp, world.connection, world.member)
    await refuse()
    await refuse()
    const after = await overview()
    const health = ({ connections }: Overview) =>
      connections.find(({ connection }) => connection.id === world.connection.id)
    expect(health(after)?.succeeded).toBe((health(before)?.succeeded ?? 0) + 1)
    expect(health(after)?.refused).toBe((health(before)?.refused ?? 0) + 2)
    expect(health(after)?.lastSignInAt).toBe(clock.now().toISOString())
    expect(after.recentAttempts.slice(0, 3).map(({ succeeded }) => succeeded)).toEqual([false, false, true])
    clock.advance(days(7) + 1)
    expect(health(await overview(world.ownerToken))).toMatchObject({
      succeeded: 0,
      refused: 0,
      lastSignInAt: expect.any(String) as string,
    })
    clock.advance(-days(7) - 1)
  })

  test('says how many members no connection knows, and the list shows them', async () => {
    expect((await overview()).membersWithoutSso).toBe(1)
    expect(await listed('usedSso: false')).toEqual(['owner@acme.example'])
    expect(await listed('usedSso: true')).toEqual(['mary@acme.example', 'adam@acme.example'])
    expect(await listed('usedSso: true, query: "adam"')).toEqual(['adam@acme.example'])
    expect(await listed('usedSso: false, role: "member"')).toEqual([])
  })

  test('is for those who may see single sign-on', async () => {
    const filtered = '{ organization(slug: "acme") { memberships(first: 1, usedSso: true) { totalCount } } }'
    expect(
      await world.member.client.codeOf('{ organization(slug: "acme") { ssoOverview { membersWithoutSso } } }'),
    ).toBe('FORBIDDEN')
    expect(await world.member.client.codeOf(filtered)).toBe('FORBIDDEN')
    expect(await world.admin.client.codeOf(filtered)).toBe('OK')
  })
})
