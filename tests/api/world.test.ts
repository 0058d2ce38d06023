import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
})
afterAll(() => app.close())

test('there is an owner, an admin, a member, tokens, and an outsider', async () => {
  const { organization } = await world.owner.run<{ organization: { memberships: { nodes: { user: { email: string }; role: { key: string } }[] } } }>(
    `{ organization(slug: "acme") { memberships(first: 10) { totalCount nodes { user { email } role { key } roleSource joinMethod } } } }`,
  )
  expect(organization.memberships.nodes.map((node) => `${node.user.email} ${node.role.key}`)).toEqual([
    'mary@acme.example member',
    'adam@acme.example admin',
    'owner@acme.example owner',
  ])
  expect(await world.outsider.run('{ organization(slug: "acme") { id } }')).toEqual({ organization: null })
})
