import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
})
afterAll(() => app.close())

type Asked = [query: string, variables?: Record<string, unknown>]

/** What comes back the first time, and when a query has been compiled. */
async function askThrice([query, variables = {}]: Asked) {
  const answers: unknown[] = []
  for (let time = 0; time < 3; time++) {
    const { status, data, errors } = await world.owner.send(query, variables)
    for (const { extensions } of errors) delete extensions['requestId']
    answers.push({ status, data, errors })
  }
  return answers
}

const organization = (fields: string): string => `{ organization(slug: "acme") { ${fields} } }`
const person = 'fragment Person on User { id email name createdAt }'

/** What the query is, for it to be asked about something of this world. */
const queries: Record<string, () => Asked> = {
  'a page with its count': () => [
    organization(
      'memberships(first: 2) { totalCount edges { cursor node { id } } nodes { id joinedAt role { key } } }',
    ),
  ],
  'fields under other names, and a fragment': () => [
    `${organization('one: name two: name memberships(first: 1) { nodes { user { ...Person } } }')} ${person}`,
  ],
  'a node, whose type is found by its id': () => [
    'query($id: ID!) { node(id: $id) { __typename id ... on SamlConnection { name revision } } }',
    { id: world.connection.id },
  ],
  'a node that is not there': () => ['{ node(id: "mem_none") { id } }'],
  'an interface in a list': () => [organization('ssoConnections { __typename id ... on SamlConnection { complete } }')],
  'what is skipped and included': () => [
    'query($on: Boolean!) { organization(slug: "acme") { id @skip(if: $on) name @include(if: $on) } }',
    { on: true },
  ],
  'a usual value': () => [
    'query($n: Int = 1) { organization(slug: "acme") { memberships(first: $n) { nodes { id } } } }',
  ],
  'a variable that is missing': () => ['query($slug: String!) { organization(slug: $slug) { id } }'],
  'a variable of the wrong type': () => ['query($slug: String!) { organization(slug: $slug) { id } }', { slug: 5 }],
  'a variable of a wrong scalar': () => [
    'query($from: DateTimeISO) { organization(slug: "acme") { auditEvents(first: 1, from: $from) { nodes { id } } } }',
    { from: 'yesterday' },
  ],
  'an argument that is refused, field by field': () => [organization('memberships(first: 1000) { nodes { id } }')],
  'one refusal beside an answer': () => ['{ setupRequired node(id: "org_none") { id } viewer { user { email } } }'],
  'an organization that is not there': () => ['{ organization(slug: "none") { id } }'],
}

describe('a query that is asked again', () => {
  test.each(Object.keys(queries))('%s: is answered as it was the first time', async (name) => {
    const asked = queries[name]?.() ?? ['']
    const [first, second, third] = await askThrice(asked)
    expect([second, third]).toEqual([first, first])
  })

  test('sees what has changed meanwhile', async () => {
    const query = organization('memberships(first: 50) { totalCount }')
    const [before] = (await askThrice([query])) as { data: { organization: { memberships: { totalCount: number } } } }[]
    await world.owner.run(
      `mutation { removeMember(input: { membershipId: "${world.member.membershipId}" }) { removedMembershipId } }`,
    )
    const [after] = (await askThrice([query])) as NonNullable<typeof before>[]
    expect(after?.data.organization.memberships.totalCount).toBe(
      (before?.data.organization.memberships.totalCount ?? 0) - 1,
    )
  })

  test('names the operation that is not there, each time', async () => {
    for (let time = 0; time < 3; time++) {
      const response = await fetch(`${app.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: world.owner.cookieHeader, origin: app.origin },
        body: JSON.stringify({ query: 'query A { setupRequired } query B { setupRequired }', operationName: 'C' }),
      })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('There is no operation named C.')
    }
  })

  // Spread out, these fragments are 2^20 fields: no time is enough to compile them.
  test('is answered within seconds, however its fragments multiply', async () => {
    const depth = 20
    const fragments = Array.from({ length: depth }, (_, level) =>
      level === depth - 1
        ? `fragment F${level} on Organization { id }`
        : `fragment F${level} on Organization { ...F${level + 1} ... on Organization { ...F${level + 1} } }`,
    )
    const start = performance.now()
    const answers = await askThrice([`${organization('...F0')} ${fragments.join(' ')}`])
    expect(performance.now() - start).toBeLessThan(5000)
    expect(answers[1]).toEqual(answers[0])
  })
})
