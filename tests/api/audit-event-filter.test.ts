import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minutes, plus } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock } from '../testkit/clock.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { createAccessToken, createWorld, type World } from '../testkit/scenario.ts'

const clock = createTestClock()
let app: TestApp
let world: World

const list = `query($first: Int, $after: String, $last: Int, $before: String, $type: String, $actorId: ID, $query: String,
  $from: DateTime, $to: DateTime) {
  organization(slug: "acme") { auditEvents(first: $first, after: $after, last: $last, before: $before, type: $type,
    actorId: $actorId, query: $query, from: $from, to: $to) {
    totalCount nodes { id at type actor summary } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`
type Page = {
  totalCount: number
  nodes: { id: string; at: string; type: string; actor: string; summary: string }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
}
const find = async (search: Record<string, unknown>, by: GraphqlClient = world.owner): Promise<Page> =>
  (await by.run<{ organization: { auditEvents: Page } }>(list, { first: 100, ...search })).organization.auditEvents

beforeAll(async () => {
  app = await startTestApp({ clock })
  world = await createWorld(app)
  clock.advance(minutes(10))
  for (const name of ['Terraform_a', 'Terraform%b', 'terraform c']) {
    const { id } = await createAccessToken(world.admin.client, world.organization.id, 'member')
    await world.admin.client.run(
      'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { accessToken { id } } }',
      { input: { organizationId: world.organization.id, name, role: 'member' } },
    )
    clock.advance(minutes(10))
    await world.admin.client.run(
      'mutation($input: RevokeAccessTokenInput!) { revokeAccessToken(input: $input) { revokedAccessTokenId } }',
      { input: { accessTokenId: id } },
    )
  }
})
afterAll(() => app.close())

describe('the audit log is narrowed', () => {
  test('by type, and by the noun of types', async () => {
    const revoked = await find({ type: 'accessToken.revoked' })
    expect(revoked.nodes.map(({ type }) => type)).toEqual(Array(3).fill('accessToken.revoked'))
    expect(revoked.totalCount).toBe(3)
    const tokens = await find({ type: 'accessToken' })
    expect(new Set(tokens.nodes.map(({ type }) => type))).toEqual(
      new Set(['accessToken.created', 'accessToken.revoked']),
    )
    // A noun is a whole one: sso is the beginning of several.
    expect((await find({ type: 'sso' })).totalCount).toBe(0)
    expect((await find({ type: 'accessToken.rev' })).totalCount).toBe(0)
  })

  test('by who did it, a person or an access token', async () => {
    const all = await find({})
    const { viewer } = await world.admin.client.run<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }')
    const own = await find({ actorId: viewer.user.id })
    expect(own.nodes).toEqual(all.nodes.filter(({ actor }) => actor === 'adam@acme.example'))
    expect(own.totalCount).toBeGreaterThan(6)
    await world.ownerToken.run(
      `mutation { createSamlConnection(input: { organizationId: "${world.organization.id}", name: "By token" }) { connection { id } } }`,
    )
    const rows = await app.db.execute<{ id: string }>(`select id from access_tokens where name = 'owner token'`)
    expect((await find({ actorId: rows[0]?.id })).nodes.map(({ actor }) => actor)).toEqual([
      'access token “owner token”',
    ])
  })

  test('by text anywhere in the summary or the actor, whatever its letter case; no sign has a meaning', async () => {
    expect((await find({ query: 'TERRAFORM' })).totalCount).toBe(3)
    expect((await find({ query: 'form_a' })).totalCount).toBe(1)
    expect((await find({ query: 'form%' })).totalCount).toBe(1)
    expect((await find({ query: '%' })).totalCount).toBe(1)
    expect((await find({ query: '\\' })).totalCount).toBe(0)
    expect((await find({ query: ' adam@ACME ' })).totalCount).toBeGreaterThan(6)
    expect((await find({ query: '' })).totalCount).toBe((await find({})).totalCount)
    expect((await find({ query: 'no such text' })).nodes).toEqual([])
  })

  test('by time: from is in it, to is not', async () => {
    const [first, second] = (await find({ type: 'accessToken.revoked' })).nodes.toReversed()
    const between = await find({ type: 'accessToken.revoked', from: first?.at, to: second?.at })
    expect(between.nodes).toEqual([first])
    expect((await find({ type: 'accessToken.revoked', from: second?.at })).totalCount).toBe(2)
    expect((await find({ from: plus(clock.now(), minutes(1)) })).nodes).toEqual([])
  })

  test('by all of it together, in pages forward and back, with its own total', async () => {
    const search = { type: 'accessToken', query: 'created', actorId: undefined }
    const expected = (await find({})).nodes.filter(({ type }) => type === 'accessToken.created').map(({ id }) => id)
    const seen: string[] = []
    let after: string | null = null
    do {
      const { nodes, pageInfo, totalCount }: Page = await find({ ...search, first: 2, after })
      expect(totalCount).toBe(expected.length)
      seen.push(...nodes.map(({ id }) => id))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(expected)
    const back: string[] = []
    let before: string | null = null
    do {
      const { nodes, pageInfo }: Page = await find({ ...search, first: null, last: 3, before })
      back.unshift(...nodes.map(({ id }) => id))
      before = pageInfo.hasPreviousPage ? pageInfo.startCursor : null
    } while (before !== null)
    expect(back).toEqual(expected)
  })

  test('never beyond the organization', async () => {
    const found = await find({ query: 'otto@globex.example' })
    expect(found).toMatchObject({ totalCount: 0, nodes: [] })
  })
})

test('what cannot be looked for is refused, field by field', async () => {
  const refused = (search: Record<string, unknown>) => world.owner.refusedFields(list, { first: 1, ...search })
  const from = '2026-11-03T00:00:00Z'
  expect(await refused({ from, to: '2026-11-02T00:00:00Z' })).toEqual(['from AFTER_TO'])
  expect(await refused({ from, to: from })).toEqual([])
  expect(await refused({ type: 'a.b.c', actorId: 'org_1', query: 'x'.repeat(201) })).toEqual([
    'type INVALID_TYPE',
    'actorId INVALID_ID',
    'query TOO_LONG',
  ])
  expect(await refused({ from: 'yesterday' })).toEqual(['from WRONG_TYPE'])
})

test('who may not read the log may not search it', async () => {
  const search = { first: 1, query: 'adam' }
  for (const by of [world.member.client, world.memberToken]) expect(await by.codeOf(list, search)).toBe('FORBIDDEN')
  expect(await world.outsider.codeOf(list, search)).toBe('OK')
  expect(await world.outsider.run(list, search)).toEqual({ organization: null })
  expect(await app.nobody().codeOf(list, search)).toBe('UNAUTHENTICATED')
})
