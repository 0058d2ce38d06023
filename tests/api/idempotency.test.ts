import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hours, minutes, seconds } from '../../server/src/core/clock.ts'
import { idempotencyKeys } from '../../server/src/db/schema/idempotency-keys.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { createAccessToken, createWorld, ownerPassword, type World } from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let world: World
let database: TestDatabase
beforeAll(async () => {
  clock = createTestClock()
  database = await createTestDatabase()
  app = await startTestApp({ clock, database })
  world = await createWorld(app)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

type Answer = {
  status: number
  replayed: boolean
  retryAfter: string | null
  text: string
  code: string | null
  data: Record<string, Record<string, unknown>> | null
}
async function send(
  query: string,
  variables: object,
  key: string,
  { by = world.owner, origin = app.origin }: { by?: GraphqlClient; origin?: string } = {},
): Promise<Answer> {
  const authentication: Record<string, string> =
    by.token === null ? { cookie: by.cookieHeader } : { authorization: `Bearer ${by.token}` }
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...authentication },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const body = JSON.parse(text) as {
    data?: Answer['data']
    errors?: { extensions: { code: string; reason?: string; fields?: { reason: string }[] } }[]
  }
  const { code, reason, fields } = body.errors?.[0]?.extensions ?? {}
  return {
    status: response.status,
    replayed: response.headers.get('idempotency-replayed') === 'true',
    retryAfter: response.headers.get('retry-after'),
    text,
    code: code === undefined ? null : [code, reason ?? fields?.[0]?.reason].filter(Boolean).join(' '),
    data: body.data ?? null,
  }
}

const createToken =
  'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { secret accessToken { id createdAt } } }'
const createRole = 'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }'
const tokenInput = (name: string) => ({ input: { organizationId: world.organization.id, name, role: 'member' } })
const roleInput = (name: string) => ({ input: { organizationId: world.organization.id, name, permissions: [] } })
async function count(list: 'accessTokens'): Promise<number> {
  const { organization } = await world.owner.run<{ organization: Record<string, { totalCount: number }> }>(
    `{ organization(slug: "acme") { ${list}(first: 1) { totalCount } } }`,
  )
  return organization[list]?.totalCount ?? 0
}

describe('a mutation with an Idempotency-Key', () => {
  test('is done once, and answered the same each time, secret included', async () => {
    const key = randomUUID()
    const before = await count('accessTokens')
    const first = await send(createToken, tokenInput('once'), key)
    const second = await send(createToken, tokenInput('once'), key)
    expect(first).toMatchObject({ status: 200, replayed: false, code: null })
    expect(second).toMatchObject({ status: 200, replayed: true, text: first.text })
    expect(await count('accessTokens')).toBe(before + 1)
  })

  test('of many requests at once is done once; the others hear that it runs, or its answer', async () => {
    const key = randomUUID()
    const before = await count('accessTokens')
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(createToken, tokenInput('at once'), key)))
    expect(await count('accessTokens')).toBe(before + 1)
    expect(answers.filter(({ status, replayed }) => status === 200 && !replayed)).toHaveLength(1)
    for (const { status, replayed, code, retryAfter } of answers) {
      if (status === 200) continue
      expect({ status, replayed, code }).toEqual({
        status: 409,
        replayed: false,
        code: 'CONFLICT IDEMPOTENCY_KEY_IN_USE',
      })
      expect(Number(retryAfter)).toBeGreaterThan(0)
    }
    expect(await send(createToken, tokenInput('at once'), key)).toMatchObject({ replayed: true })
  })

  test('counts over replicas', async () => {
    const other = await startTestApp({ clock, database })
    const key = randomUUID()
    const first = await send(createToken, tokenInput('replicas'), key)
    expect(await send(createToken, tokenInput('replicas'), key, { origin: other.origin })).toMatchObject({
      replayed: true,
      text: first.text,
    })
    await other.close()
  })

  test('with another request is refused', async () => {
    const key = randomUUID()
    await send(createToken, tokenInput('one'), key)
    const other = await send(createToken, tokenInput('another'), key)
    expect(other).toMatchObject({ status: 422, code: 'CONFLICT IDEMPOTENCY_KEY_REUSED', data: null })
  })

  test('is somebody else’s with another session or token', async () => {
    const key = randomUUID()
    const { secret } = await createAccessToken(world.owner, world.organization.id, 'owner')
    const first = await send(createRole, roleInput('Mine'), key)
    const theirs = await send(createRole, roleInput('Theirs'), key, { by: new GraphqlClient(app.origin, secret) })
    expect(first.code).toBeNull()
    expect(theirs).toMatchObject({ status: 200, replayed: false, code: null })
  })

  test('that fails is not kept: the same request may succeed later', async () => {
    const key = randomUUID()
    const blocker = await send(createRole, roleInput('Blocked'), randomUUID())
    expect(await send(createRole, roleInput('Blocked'), key)).toMatchObject({ code: 'CONFLICT ROLE_EXISTS' })
    const roleId = (blocker.data?.['createRole']?.['role'] as { id: string } | undefined)?.id
    await world.owner.run('mutation($input: DeleteRoleInput!) { deleteRole(input: $input) { deletedRoleId } }', {
      input: { roleId },
    })
    expect(await send(createRole, roleInput('Blocked'), key)).toMatchObject({ code: null, replayed: false })
    expect(await send(createRole, roleInput('Blocked'), key)).toMatchObject({ code: null, replayed: true })
  })

  test('that is refused before it runs is not kept either', async () => {
    const key = randomUUID()
    expect(await send('mutation { nothing }', {}, key)).toMatchObject({
      status: 400,
      code: 'GRAPHQL_VALIDATION_FAILED',
    })
    expect(await send(createRole, { input: { name: 'x' } }, key)).toMatchObject({ code: 'BAD_USER_INPUT WRONG_TYPE' })
    expect(await send(createRole, roleInput('After mistakes'), key)).toMatchObject({ code: null, replayed: false })
  })

  test('is kept for a day, and then forgotten', async () => {
    const key = randomUUID()
    await send(createRole, roleInput('For a day'), key)
    clock.advance(hours(24) - minutes(1))
    expect(await send(createRole, roleInput('For a day'), key)).toMatchObject({ replayed: true })
    clock.advance(minutes(2))
    expect(await send(createRole, roleInput('For a day'), key)).toMatchObject({ code: 'CONFLICT ROLE_EXISTS' })
    await app.runJobs()
    clock.advance(hours(25))
    await world.owner.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
      input: { email: 'owner@acme.example', password: ownerPassword },
    })
    await app.runJobs()
    expect(await app.db.select().from(idempotencyKeys)).toEqual([])
  })

  test('whose server died is free after a minute', async () => {
    const key = randomUUID()
    const variables = roleInput('Survivor')
    await send(createRole, variables, key)
    // As it stands while the first request runs.
    await app.db.update(idempotencyKeys).set({ sealedAnswer: null })
    expect(await send(createRole, variables, key)).toMatchObject({ status: 409 })
    clock.advance(seconds(61))
    expect(await send(createRole, variables, key)).toMatchObject({ status: 200, code: 'CONFLICT ROLE_EXISTS' })
  })

  test('leaves no secret in the database', async () => {
    const { data } = await send(createToken, tokenInput('secret'), randomUUID())
    const secret = String(data?.['createAccessToken']?.['secret'])
    expect(secret).toMatch(/^gatehouse_/)
    const rows = await app.db.select().from(idempotencyKeys)
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(JSON.stringify(rows)).not.toContain(secret.slice(10, 30))
  })

  test('needs one mutation in the request, and a key that is one', async () => {
    const two = 'mutation { a: endOtherSessions { endedSessionIds } b: endOtherSessions { endedSessionIds } }'
    expect(await send(two, {}, randomUUID())).toMatchObject({ status: 400, code: 'BAD_USER_INPUT SEVERAL_MUTATIONS' })
    for (const key of ['x'.repeat(256), 'a b', '\u00e9']) {
      expect(await send(createRole, roleInput('Never'), key)).toMatchObject({
        status: 400,
        code: 'BAD_USER_INPUT INVALID_KEY',
      })
    }
  })

  test('means nothing for a query, and for nobody', async () => {
    const key = randomUUID()
    const asked = '{ organization(slug: "acme") { id } }'
    expect(await send(asked, {}, key)).toMatchObject({ status: 200, replayed: false })
    expect(await send(asked, {}, key)).toMatchObject({ status: 200, replayed: false })
    const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }'
    const input = { input: { email: 'owner@acme.example', password: ownerPassword } }
    const nobody = { by: app.nobody() }
    expect(await send(signIn, input, key, nobody)).toMatchObject({ replayed: false, code: null })
    expect(await send(signIn, input, key, nobody)).toMatchObject({ replayed: false, code: null })
  })
})
