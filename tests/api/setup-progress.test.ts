import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
})
afterAll(() => app.close())

const set = `mutation($input: SetSsoSetupProgressInput!) { setSsoSetupProgress(input: $input) {
  connection { revision setupProgress { guide doneSteps } } } }`
const input = (guide: string, doneSteps: string[]) => ({
  input: { connectionId: world.connection.id, guide, doneSteps },
})

async function read(by: GraphqlClient = world.owner) {
  const { node } = await by.run<{ node: { revision: number; setupProgress: unknown } }>(
    'query($id: ID!) { node(id: $id) { ... on SsoConnection { revision setupProgress { guide doneSteps } } } }',
    { id: world.connection.id },
  )
  return node
}

describe('how far the setting up has come', () => {
  test('is kept with the connection, for everybody who may see it, and changes no setting', async () => {
    const before = await read()
    expect(before.setupProgress).toBeNull()
    await world.owner.run(set, input('microsoft-entra', ['create', 'basic', 'create']))
    const kept = { guide: 'microsoft-entra', doneSteps: ['create', 'basic'] }
    expect(await read(world.admin.client)).toEqual({ revision: before.revision, setupProgress: kept })
    await world.owner.run(set, input('okta-saml', []))
    expect(await read()).toEqual({ revision: before.revision, setupProgress: { guide: 'okta-saml', doneSteps: [] } })
  })

  test.each([
    ['Entra', [], 'input.guide INVALID_NAME'],
    ['', [], 'input.guide INVALID_NAME'],
    ['x'.repeat(41), [], 'input.guide INVALID_NAME'],
    ['okta', ['<script>'], 'input.doneSteps INVALID_NAME'],
    ['okta', Array.from({ length: 51 }, (_, n) => `step-${n}`), 'input.doneSteps TOO_MANY'],
  ])('takes no guide %j with the steps %j', async (guide, doneSteps, refused) => {
    const before = await read()
    expect(await world.owner.refusedFields(set, input(guide, doneSteps))).toEqual([refused])
    expect(await read()).toEqual(before)
  })
})
