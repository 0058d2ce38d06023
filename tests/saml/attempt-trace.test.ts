import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { Answer } from '../testkit/identity-provider.ts'
import {
  connect,
  createWorld,
  post,
  type SamlConnection,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let world: World
let connection: SamlConnection
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  connection = await connect(world.owner, world.organization.id, world.idp, {
    idpSsoUrl: 'https://login.microsoftonline.com/0f1e/saml2',
    spEntityId: 'acme',
  })
})
afterAll(() => app.close())

let number = 0

type Attempt = {
  failureReason: string | null
  whereToFix: string | null
  messageForIdpAdministrator: string | null
  notReached: string[]
  test: boolean
  checks: { title: string; passed: boolean }[]
}

async function attemptAfter(lies: Partial<Answer>): Promise<Attempt> {
  const name = `trace-${++number}`
  await signIn(app, world.idp, connection, { subject: name, email: `${name}@acme.example` }, { lies })
  const { node } = await world.admin.client.run<{ node: { signInAttempts: { nodes: Attempt[] } } }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes {
      failureReason whereToFix messageForIdpAdministrator notReached test checks { title passed } } } } } }`,
    { id: connection.id },
  )
  const [attempt] = node.signInAttempts.nodes
  if (attempt === undefined) throw new Error('no attempt was recorded')
  return attempt
}

describe('the trace of an attempt', () => {
  test('leads to the field in the identity provider’s console, with our value, and writes to its administrator', async () => {
    const attempt = await attemptAfter({ audiences: [['https://somebody.else']] })
    expect(attempt).toMatchObject({ failureReason: 'AUDIENCE_MISMATCH', test: false })
    expect(attempt.whereToFix).toMatch(/^Microsoft Entra: .*Identifier \(Entity ID\): acme$/)
    expect(attempt.messageForIdpAdministrator).toContain('What came: https://somebody.else')
    expect(attempt.messageForIdpAdministrator).toContain(connection.redirectUrl)
  })

  test('has no place and no message when it succeeded', async () => {
    expect(await attemptAfter({})).toMatchObject({
      failureReason: null,
      whereToFix: null,
      messageForIdpAdministrator: null,
      notReached: [],
    })
  })

  test('tells nobody’s secret and nothing of another organization', async () => {
    const { messageForIdpAdministrator: message } = await attemptAfter({ sign: 'none' })
    expect(message).not.toContain('Globex')
    expect(message).not.toContain(world.otherConnection.id)
    expect(message).not.toContain('owner@acme.example')
    expect(message).not.toContain('BEGIN')
  })

  test.each<[string, Partial<Answer>, string, string]>([
    ['the signature', { sign: 'none' }, 'Version', 'First use of this assertion'],
    ['the audience', { audiences: [['x']] }, 'Answers a request of ours', 'First use of this assertion'],
    ['the e-mail address', { attributes: [] }, 'Answers a request of ours', 'First use of this assertion'],
  ])('shows what was not reached after %s failed', async (_what, lies, next, last) => {
    const { notReached } = await attemptAfter(lies)
    expect(notReached[0]).toBe(next)
    expect(notReached.at(-1)).toBe(last)
  })

  test('of a success runs in the order that the checks that were not reached are told in', async () => {
    const { checks } = await attemptAfter({})
    const { notReached } = await attemptAfter({ status: 'Requester' })
    const titles = checks.map(({ title }) => title)
    // Everything that is announced does run, and in this order.
    const positions = notReached.map((title) => titles.indexOf(title))
    expect(positions).not.toContain(-1)
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
    expect(notReached.length).toBeGreaterThan(15)
  })

  test('says nothing of checks when there was nothing to check', async () => {
    const started = await startSignIn(app, connection)
    await post(started.browser, connection, '')
    const { node } = await world.owner.run<{ node: { signInAttempts: { nodes: Attempt[] } } }>(
      'query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes { failureReason notReached } } } } }',
      { id: connection.id },
    )
    expect(node.signInAttempts.nodes).toEqual([{ failureReason: 'RESPONSE_MISSING', notReached: [] }])
  })
})
