import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import type { Answer, Person } from '../testkit/identity-provider.ts'
import { connect, createWorld, type SamlConnection, type Step, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let connection: SamlConnection
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  connection = await connect(world.owner, world.organization.id, world.idp, { name: 'Mapped' })
})
afterAll(() => app.close())

const ada: Person = { subject: 'ada' }
const sent: Answer['attributes'] = [
  ['employeeId', '4711'],
  ['workMail', 'ada@acme.example'],
  ['nick', 'Countess'],
  ['groups', 'a', 'b'],
]

const map = (attributeMapping: Record<string, string> | null) =>
  world.owner.run<{ updateSamlConnection: { connection: Record<string, unknown> } }>(
    `mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) {
      connection { id verifiedAt identityCount attributeMapping { subject email name } } } }`,
    { input: { connectionId: connection.id, attributeMapping } },
  )
const reasonOf = (step: Step): string => ('refused' in step ? step.refused : `led to ${step.location}`)
const tryWith = (lies: Partial<Answer> = {}) =>
  signIn(app, world.idp, connection, ada, { lies: { attributes: sent, ...lies } })

type Attempt = {
  failureReason: string | null
  email: string | null
  checks: { name: string; passed: boolean; expected: string; actual: string }[]
  attributes: { name: string; friendlyName: string | null; values: string[] | null; usedFor: string[] }[] | null
}
async function lastAttempt(by: GraphqlClient = world.owner): Promise<Attempt> {
  const { node } = await by.run<{ node: { signInAttempts: { nodes: Attempt[] } } }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes {
      failureReason email checks { name passed expected actual } attributes { name friendlyName values usedFor } } } } } }`,
    { id: connection.id },
  )
  const [attempt] = node.signInAttempts.nodes
  if (attempt === undefined) throw new Error('no attempt was recorded')
  return attempt
}
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

describe('the attribute mapping', () => {
  test('lets in whom the usual names would not, and recognizes them by the attribute it names', async () => {
    await map(null)
    expect(reasonOf((await tryWith()).step)).toBe('EMAIL_MISSING')
    await map({ subject: 'employeeId', email: 'workMail', name: 'nick' })
    const first = await tryWith()
    expect(first.step).toEqual({ location: '/' })
    const who = '{ viewer { user { id email name } } }'
    const { viewer } = await first.client.run<{ viewer: { user: { id: string } } }>(who)
    expect(viewer.user).toMatchObject({ email: 'ada@acme.example', name: 'Countess' })
    const again = await tryWith({ nameId: { value: 'another-name-id', format: persistent } })
    expect(await again.client.run(who)).toEqual({ viewer })
  })

  test('to what was not sent refuses, names it, and lists what arrived', async () => {
    await map({ subject: 'EmployeeID', email: 'workMail' })
    const { step } = await tryWith()
    expect(reasonOf(step)).toBe('ATTRIBUTE_MISSING')
    expect('page' in step ? step.page : 'EmployeeID').not.toContain('EmployeeID')
    const attempt = await lastAttempt()
    expect(attempt.checks.filter(({ passed }) => !passed)).toEqual([
      {
        name: 'subject',
        passed: false,
        expected: 'the attribute EmployeeID',
        actual: 'only: employeeId, workMail, nick, groups',
      },
    ])
    expect(attempt.email).toBe('ada@acme.example')
  })

  test('takes names of up to 500 characters on one line, and says which one is wrong', async () => {
    const refused = await world.owner.refusedFields(
      'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
      {
        input: {
          connectionId: connection.id,
          attributeMapping: { subject: 'x'.repeat(501), email: 'a\nb', name: ' ok ' },
        },
      },
    )
    expect(refused).toEqual([
      'input.attributeMapping.subject INVALID_NAME',
      'input.attributeMapping.email INVALID_NAME',
    ])
  })

  test('changed, takes the verification away, and tells how many people it recognizes', async () => {
    const { updateSamlConnection } = await map({ subject: 'employeeId', email: 'workMail' })
    expect(updateSamlConnection.connection).toMatchObject({
      verifiedAt: null,
      identityCount: 1,
      attributeMapping: { subject: 'employeeId', email: 'workMail', name: null },
    })
  })
})

describe('the attributes that arrived', () => {
  test('stand in the attempt with what they were used for', async () => {
    await map({ subject: 'employeeId', email: 'workMail', name: 'nick' })
    await tryWith()
    const attempt = await lastAttempt()
    expect(attempt.failureReason).toBe(null)
    expect(attempt.attributes).toEqual([
      { name: 'NameID', friendlyName: persistent, values: ['ada'], usedFor: [] },
      { name: 'employeeId', friendlyName: null, values: ['4711'], usedFor: ['SUBJECT'] },
      { name: 'workMail', friendlyName: null, values: ['ada@acme.example'], usedFor: ['EMAIL'] },
      { name: 'nick', friendlyName: null, values: ['Countess'], usedFor: ['NAME'] },
      { name: 'groups', friendlyName: null, values: ['a', 'b'], usedFor: [] },
    ])
  })

  test('and who it was, also where the signature held and something else was refused', async () => {
    const { step } = await tryWith({ audiences: [['https://somebody.else']] })
    expect(reasonOf(step)).toBe('AUDIENCE_MISMATCH')
    const attempt = await lastAttempt()
    expect(attempt.email).toBe('ada@acme.example')
    expect(attempt.attributes?.map(({ name }) => name)).toEqual(['NameID', 'employeeId', 'workMail', 'nick', 'groups'])
    expect(attempt.checks.find(({ name }) => name === 'subject')).toMatchObject({ actual: '4711 (employeeId)' })
  })

  test('are nobody’s word while the signature does not hold', async () => {
    for (const lies of [{ sign: 'none' }, { signing: { changeSignature: () => '' } }] as const) {
      const { step } = await tryWith(lies)
      expect(reasonOf(step)).toBe('SIGNATURE_MISSING')
      expect(await lastAttempt()).toMatchObject({ email: null, attributes: null })
    }
    const { IdentityProvider } = await import('../testkit/identity-provider.ts')
    const mallory = await IdentityProvider.create()
    const { step } = await tryWith({ signing: { signer: mallory.signer } })
    expect(reasonOf(step)).toBe('SIGNATURE_INVALID')
    expect(await lastAttempt()).toMatchObject({ email: null, attributes: null })
  })

  test('are named to everybody who sees attempts; their values are for who manages the connection', async () => {
    await tryWith()
    const seen = await lastAttempt(world.admin.client)
    expect(seen.attributes?.map(({ name, values, usedFor }) => [name, values, usedFor])).toEqual([
      ['NameID', null, []],
      ['employeeId', null, ['SUBJECT']],
      ['workMail', null, ['EMAIL']],
      ['nick', null, ['NAME']],
      ['groups', null, []],
    ])
    expect((await lastAttempt(world.ownerToken)).attributes?.[1]?.values).toEqual(['4711'])
  })

  test('may be cut in the middle of a character', async () => {
    const { step } = await tryWith({ attributes: [...sent, ['long', `${'x'.repeat(298)}😀 and more`]] })
    expect(step).toEqual({ location: '/' })
    expect((await lastAttempt()).attributes?.at(-1)?.values).toEqual([`${'x'.repeat(298)}…`])
  })
})
