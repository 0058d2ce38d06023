import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { completeSetup } from '../testkit/scenario.ts'

let app: TestApp
let owner: GraphqlClient
beforeAll(async () => {
  app = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
  ;({ owner } = await completeSetup(app))
})
afterAll(() => app.close())

type Told = {
  status: number
  headers: Headers
  code: string | null
  extensions: Record<string, unknown>
  data: Record<string, unknown> | null
}
async function ask(query: string, variables: object = {}, by: GraphqlClient = owner): Promise<Told> {
  const response = await fetch(`${app.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: by.cookieHeader, origin: app.origin },
    body: JSON.stringify({ query, variables }),
  })
  const body = (await response.json()) as {
    data?: Record<string, unknown>
    errors?: { extensions: Record<string, unknown> }[]
  }
  const extensions = body.errors?.[0]?.extensions ?? {}
  const code = typeof extensions['code'] === 'string' ? extensions['code'] : null
  return { status: response.status, headers: response.headers, code, extensions, data: body.data ?? null }
}
const costOf = async (query: string, variables: object = {}): Promise<number> =>
  Number((await ask(query, variables)).headers.get('graphql-cost'))

const members = (size: string) =>
  `organization(slug: "acme") { memberships(first: ${size}) { nodes { id role { key } user { email } } } }`
/** Pages within pages: 100 members, each with the first 100 members of their organization. */
const squared =
  'query($n: Int) { organization(slug: "acme") { memberships(first: 100) { nodes { organization { memberships(first: $n) { nodes { id } } } } } } }'

describe('the cost of an operation', () => {
  test('is one for each object that it may load, a page as many times as it asks for rows', async () => {
    expect(await costOf('{ setupRequired }')).toBe(1)
    expect(await costOf('{ organization(slug: "acme") { id name slug } }')).toBe(1)
    // The organization, the page, and of each of 50 rows the membership, its role and its user.
    expect(await costOf(`{ ${members('50')} }`)).toBe(2 + 50 * 3)
    expect(await costOf(`query($n: Int!) { ${members('$n')} }`, { n: 20 })).toBe(2 + 20 * 3)
    expect(await costOf(`query($n: Int = 10) { ${members('$n')} }`)).toBe(2 + 10 * 3)
    const edges = members('50').replace('nodes { id', 'edges { cursor node { id').replace('} } }', '} } } }')
    expect(await costOf(`{ ${edges} }`)).toBe(2 + 50 * 3)
    expect(await costOf('{ organization(slug: "acme") { roles { id } } }')).toBe(1 + 10)
    expect(await costOf('mutation { endOtherSessions { endedSessionIds } }')).toBe(10 + 1)
    expect(await costOf('{ __schema { types { name fields { name } } } }')).toBe(100)
  })

  test('counts a fragment wherever it is spread', async () => {
    const fragment =
      'fragment F on Organization { memberships(first: 10) { ...G } } fragment G on MembershipConnection { nodes { id } }'
    expect(await costOf(`{ organization(slug: "acme") { ...F } } ${fragment}`)).toBe(1 + 1 + 10)
    expect(
      await costOf(`{ a: organization(slug: "acme") { ...F } b: organization(slug: "acme") { ...F } } ${fragment}`),
    ).toBe(2 * (1 + 1 + 10))
  })

  test('above the limit is refused with 400, the cost and what to do, and nothing runs', async () => {
    const told = await ask(squared, { n: 100 })
    expect(told).toMatchObject({ status: 400, code: 'OPERATION_TOO_COSTLY', data: null })
    expect(told.extensions).toMatchObject({ cost: 2 + 100 * (1 + 1 + 1 + 100), limit: 10_000 })
    expect(await ask(squared, { n: 50 })).toMatchObject({ status: 200, code: null })
  })

  test.each([[-5], [1e9], [2 ** 40], ['many'], [{}], [null], [true], ['9'.repeat(500)]])(
    'is measured, and answered without a failure of ours, with %j rows',
    async (n) => {
      const told = await ask(squared, { n })
      expect([200, 400]).toContain(told.status)
      expect(['BAD_USER_INPUT', 'OPERATION_TOO_COSTLY']).toContain(told.code)
    },
  )

  test('is measured at once, however often fragments spread one another', { timeout: 5000 }, async () => {
    const names = Array.from({ length: 200 }, (_, n) => `F${n}`)
    const fragments = names.map(
      (name, n) => `fragment ${name} on Organization { ${n === 199 ? 'id' : `...F${n + 1} ...F${n + 1}`} }`,
    )
    const started = performance.now()
    const told = await ask(`{ organization(slug: "acme") { ...F0 } } ${fragments.join(' ')}`)
    expect([200, 400]).toContain(told.status)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('of every limit of a document is answered with 400 and a code', async () => {
    const deep = `{ organization(slug: "acme") { ${'viewerMembership { organization { '.repeat(8)} id ${'} } '.repeat(8)} } }`
    const aliases = `{ organization(slug: "acme") { ${Array.from({ length: 61 }, (_, n) => `a${n}: id`).join(' ')} } }`
    const roots = `{ ${Array.from({ length: 21 }, (_, n) => `f${n}: setupRequired`).join(' ')} }`
    const tokens = `{ ${'setupRequired '.repeat(4001)} }`
    for (const [query, code] of [
      [deep, 'GRAPHQL_VALIDATION_FAILED'],
      [aliases, 'GRAPHQL_VALIDATION_FAILED'],
      [roots, 'GRAPHQL_VALIDATION_FAILED'],
      [tokens, 'GRAPHQL_PARSE_FAILED'],
    ] as const) {
      expect(await ask(query)).toMatchObject({ status: 400, code })
    }
  })
})

describe('how the limit of requests stands', () => {
  const read = (headers: Headers) => {
    const [, policyLimit, window] = /^"graphql";q=(\d+);w=(\d+)$/.exec(headers.get('ratelimit-policy') ?? '') ?? []
    const [, remaining, resetsIn] = /^"graphql";r=(\d+);t=(\d+)$/.exec(headers.get('ratelimit') ?? '') ?? []
    return [policyLimit, window, remaining, resetsIn].map(Number)
  }

  test('is in the headers of each answer, and in the field rateLimit, the same', async () => {
    const first = await ask('{ rateLimit { limit used remaining resetAt cost } }')
    const [limit = 0, window = 0, remaining = 0, resetsIn = 0] = read(first.headers)
    expect([limit, window]).toEqual([1200, 60])
    expect(resetsIn).toBeGreaterThan(0)
    expect(resetsIn).toBeLessThanOrEqual(60)
    expect(first.data?.['rateLimit']).toMatchObject({ limit, remaining, used: limit - remaining, cost: 1 })
    const next = await ask('{ setupRequired }')
    expect(read(next.headers)[2]).toBe(remaining - 1)
  })

  test('goes down by one more for each thousand that an operation costs', async () => {
    const before = read((await ask('{ setupRequired }')).headers)[2] ?? 0
    const { headers } = await ask(squared, { n: 50 })
    const cost = Number(headers.get('graphql-cost'))
    expect(read(headers)[2]).toBe(before - 1 - Math.floor(cost / 1000))
  })

  test('counts what is refused as well, and refuses with 429 and the time to wait once it is passed', async () => {
    const nobody = app.nobody()
    const [limit = 0] = read((await ask('{ setupRequired }', {}, nobody)).headers)
    const heavy = Math.ceil(limit / 10)
    let last = await ask(squared, { n: 96 }, nobody)
    for (let n = 0; n < heavy && last.status === 200; n += 1) last = await ask(squared, { n: 96 }, nobody)
    expect(last).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(last.extensions['retryAfter']).toBe(Number(last.headers.get('retry-after')))
    expect(await ask('{ setupRequired }', {}, nobody)).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect((await ask('{ setupRequired }')).status).toBe(200)
  })

  test('is null where the operator has switched the limits off', async () => {
    const free = await startTestApp()
    const response = await fetch(`${free.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ rateLimit { limit } }' }),
    })
    expect(await response.json()).toEqual({ data: { rateLimit: null } })
    expect(response.headers.get('ratelimit')).toBeNull()
    expect(response.headers.get('graphql-cost')).toBe('1')
    await free.close()
  })
})
