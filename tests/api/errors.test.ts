import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTokenSecret } from '../../server/src/access-token/token-secret.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestDatabase } from '../testkit/database.ts'
import { completeSetup, createWorld, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
})
afterAll(() => app.close())

type Body = {
  data?: unknown
  errors?: { message: string; extensions: Record<string, unknown> & { code: string } }[]
}

/** A body exactly as given. */
async function raw(
  to: TestApp,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; requestId: string | null; text: string; body: Body }> {
  const response = await fetch(`${to.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: world.owner.cookieHeader, ...headers },
    body,
  })
  const text = await response.text()
  return {
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    text,
    body: JSON.parse(text) as Body,
  }
}

/** The whole error answer has this form, whoever refused. */
function expectError(answer: Awaited<ReturnType<typeof raw>>, code: string): string {
  const [error] = answer.body.errors ?? []
  expect(error?.extensions).toMatchObject({ code, requestId: answer.requestId })
  expect(answer.requestId).toMatch(/^req_[0-9a-z]{26}$/)
  expect(answer.text).not.toMatch(/stacktrace|node_modules|\.ts:\d|select |insert /i)
  return error?.message ?? ''
}

const createToken = 'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { secret } }'
const createConnection = `mutation($input: CreateSamlConnectionInput!) {
  createSamlConnection(input: $input) { connection { id } } }`
const changeRole = `mutation($input: ChangeMemberRoleInput!) {
  changeMemberRole(input: $input) { membership { id } } }`

describe('input', () => {
  test('that is wrong in several fields is told of all of them at once, with reason and sentence', async () => {
    const input = {
      organizationId: world.organization.id,
      name: 'n'.repeat(101),
      idpSsoUrl: 'http://idp.example/sso',
      idpEntityId: 'with a space',
      spEntityId: 'https://sts.windows.net/some-tenant/',
      idpCertificates: [world.idp.certificate, 'no certificate'],
    }
    const { errors } = await world.owner.send(createConnection, { input })
    expect(errors).toHaveLength(1)
    const fields = (errors[0]?.extensions['fields'] ?? []) as { path: string; reason: string; message: string }[]
    expect(fields.map(({ path }) => path).toSorted()).toEqual([
      'input.idpCertificates.1',
      'input.idpEntityId',
      'input.idpSsoUrl',
      'input.name',
      'input.spEntityId',
    ])
    for (const { reason, message } of fields) {
      expect(reason).toMatch(/^[A-Z_]+$/)
      expect(message).toMatch(/^[A-Z].*[.…]/)
    }
    expect(errors[0]?.message).toBe(fields.map(({ message }) => message).join(' '))
  })

  test.each<[string, string, Record<string, unknown>, string]>([
    ['a number for a text', createToken, { organizationId: 'org_x', name: 5, role: 'member' }, 'input.name WRONG_TYPE'],
    [
      'null for something required',
      createToken,
      { organizationId: 'org_x', name: null, role: 'member' },
      'input.name WRONG_TYPE',
    ],
    [
      'no date',
      createToken,
      { organizationId: 'org_x', name: 'n', role: 'member', expiresAt: 'soon' },
      'input.expiresAt WRONG_TYPE',
    ],
    ['an object for an id', changeRole, { membershipId: {}, role: 'member' }, 'input.membershipId WRONG_TYPE'],
  ])('with %s is refused by the name of the field', async (_name, mutation, input, expected) => {
    expect(await world.owner.refusedFields(mutation, { input })).toEqual([expected])
  })

  test('without a required field, or with an unknown one, is refused', async () => {
    const missing = await world.owner.send(createToken, { input: { name: 'n', role: 'member' } })
    expect(missing.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(missing.errors[0]?.message).toContain('organizationId')
    const unknown = await world.owner.send(changeRole, {
      input: { membershipId: 'mem_x', role: 'member', admin: true },
    })
    expect(unknown.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(unknown.errors[0]?.message).toContain('admin')
    expect(await world.owner.refusedFields(changeRole, {})).toEqual(['input WRONG_TYPE'])
  })

  test.each([
    ['NUL', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud800b'],
    ['the other half', 'a\udc00'],
  ])('with %s in it is the caller’s mistake, not ours', async (_name, text) => {
    const organizationId = world.organization.id
    const attempts: [string, Record<string, unknown>][] = [
      [createToken, { organizationId, name: text, role: 'member' }],
      [createConnection, { organizationId, name: text }],
      [
        'mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } } }',
        { name: text, slug: 'with-nul' },
      ],
    ]
    for (const [mutation, input] of attempts) {
      const { errors } = await world.owner.send(mutation, { input })
      expect({ mutation, ...errors[0]?.extensions }).toMatchObject({ mutation, code: 'BAD_USER_INPUT' })
      expect(errors[0]?.extensions['fields']).toHaveLength(1)
    }
  })

  test.each([
    ['NUL', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('with %s where something is looked for finds nothing and breaks nothing', async (_name, text) => {
    const codes = [
      await world.owner.codeOf('query($slug: String!) { organization(slug: $slug) { id } }', { slug: text }),
      await world.owner.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: `mem_${text}` }),
      await world.owner.codeOf(changeRole, { input: { membershipId: text, role: 'member' } }),
      await world.owner.codeOf(createToken, { input: { organizationId: text, name: 'n', role: 'member' } }),
      await world.owner.codeOf(
        'query($query: String) { organization(slug: "acme") { memberships(first: 1, query: $query) { totalCount } } }',
        { query: text },
      ),
      await app.nobody().codeOf('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
        input: { email: text, password: text },
      }),
      await app.nobody().codeOf('query($token: String!) { pendingSsoLink(token: $token) { email } }', { token: text }),
    ]
    for (const code of codes) expect(['OK', 'NOT_FOUND', 'BAD_USER_INPUT']).toContain(code)
  })
})

describe('documents beyond the limits', () => {
  const nested = (depth: number): string => {
    // organization (1) and pairs of viewerMembership and organization, and one leaf.
    const pairs = Math.floor((depth - 2) / 2)
    const leaf = depth % 2 === 0 ? 'id' : 'viewerMembership { id }'
    return `{ organization(slug: "acme") { ${'viewerMembership { organization { '.repeat(pairs)}${leaf}${' } }'.repeat(pairs)} } }`
  }
  const aliased = (count: number): string =>
    `{ organization(slug: "acme") { ${Array.from({ length: count }, (_, n) => `a${n}: id`).join(' ')} } }`

  test('are refused when too deep', async () => {
    expect(await world.owner.codeOf(nested(14))).toBe('OK')
    expect(await world.owner.codeOf(nested(15))).toBe('OK')
    const { errors, data } = await world.owner.send(nested(16))
    expect(errors).toMatchObject([
      { message: 'Nest fields at most 15 deep.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
    expect(data).toBeNull()
  })

  test('are refused when they are too deep through fragments', async () => {
    const fragments = Array.from(
      { length: 8 },
      (_, n) =>
        `fragment F${n} on Organization { viewerMembership { organization { ${n === 7 ? 'id' : `...F${n + 1}`} } } }`,
    )
    const { errors } = await world.owner.send(`{ organization(slug: "acme") { ...F0 } } ${fragments.join(' ')}`)
    expect(errors).toMatchObject([
      { message: 'Nest fields at most 15 deep.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
    const inline = `{ organization(slug: "acme") { ${'... on Organization { viewerMembership { organization { '.repeat(8)} id ${'} } }'.repeat(8)} } }`
    expect(await world.owner.codeOf(inline)).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('are refused when they have too many aliases', async () => {
    expect(await world.owner.codeOf(aliased(60))).toBe('OK')
    const { errors } = await world.owner.send(aliased(61))
    expect(errors).toMatchObject([
      { message: 'Use at most 60 aliases in one document.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
  })

  test('are refused when fragments multiply their aliases', async () => {
    // Six fragments with two aliases each: 2 + 4 + … + 64 fields out of twelve.
    const fragments = Array.from({ length: 6 }, (_, n) => {
      const rest = n === 5 ? 'id' : `...F${n + 1}`
      return `fragment F${n} on Organization { a: viewerMembership { organization { ${rest} } } b: viewerMembership { organization { ${rest} } } }`
    })
    const { errors } = await world.owner.send(`{ organization(slug: "acme") { ...F0 } } ${fragments.join(' ')}`)
    expect(errors).toMatchObject([
      { message: 'Use at most 60 aliases in one document.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
  })

  test('are refused when they ask for too many root fields, fragments included', async () => {
    const fields = (count: number) => Array.from({ length: count }, (_, n) => `f${n}: setupRequired`).join(' ')
    expect(await world.owner.codeOf(`{ ${fields(20)} }`)).toBe('OK')
    const { errors } = await world.owner.send(`{ ${fields(21)} }`)
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
    expect(await world.owner.codeOf(`{ ...F } fragment F on Query { ${fields(21)} }`)).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(await world.owner.codeOf(`{ ... { ${fields(21)} } }`)).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('are refused when a fragment contains itself', async () => {
    const cyclic =
      '{ organization(slug: "acme") { ...A } } fragment A on Organization { viewerMembership { organization { ...A } } }'
    expect(await world.owner.codeOf(cyclic)).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(await world.owner.codeOf('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    )
    expect(await world.owner.codeOf('{ ...Nothing }')).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('are refused when they have too many tokens', async () => {
    const answer = await raw(app, JSON.stringify({ query: `{ ${'setupRequired '.repeat(4001)} }` }))
    expect(answer.status).toBe(400)
    expect(expectError(answer, 'GRAPHQL_PARSE_FAILED')).toContain('4000 tokens')
  })

  test('are refused when the request is too large', async () => {
    const answer = await raw(
      app,
      JSON.stringify({ query: '{ setupRequired }', variables: { pad: 'x'.repeat(400_000) } }),
    )
    expect(answer.status).toBe(413)
    expectError(answer, 'BAD_REQUEST')
  })

  test('do not include the introspection query of usual tools', async () => {
    const { data, errors } = await app.nobody().send(getIntrospectionQuery({ inputValueDeprecation: true }))
    expect(errors).toEqual([])
    expect(data).toHaveProperty('__schema')
  })
})

describe('a request that is none', () => {
  test.each([
    ['malformed JSON', '{"query": "{ setupRequired }"', {}, 400, 'BAD_REQUEST'],
    ['no JSON', 'query', {}, 400, 'BAD_REQUEST'],
    ['an empty body', '', {}, 400, 'BAD_REQUEST'],
    ['a prototype in it', '{"__proto__": {"query": "{ setupRequired }"}}', {}, 400, 'BAD_REQUEST'],
    ['another content type', '<query/>', { 'content-type': 'application/xml' }, 415, 'BAD_REQUEST'],
    ['no query', '{}', {}, 400, 'BAD_REQUEST'],
    ['a query that is no text', '{"query": 5}', {}, 400, 'BAD_REQUEST'],
    ['a batch', '[{"query": "{ setupRequired }"}]', {}, 400, 'BAD_REQUEST'],
    ['a syntax error', '{"query": "{ setupRequired"}', {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query": "{ password }"}', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation',
      '{"query": "query A { setupRequired }", "operationName": "B"}',
      {},
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['variables that are none', '{"query": "{ setupRequired }", "variables": 5}', {}, 400, 'BAD_REQUEST'],
  ])('with %s is answered in the form of all errors', async (_name, body, headers, status, code) => {
    const answer = await raw(app, body, headers as Record<string, string>)
    expect(answer.status).toBe(status)
    expectError(answer, code)
  })
})

describe('an error nobody expected', () => {
  let broken: TestApp
  let cookie: string
  beforeAll(async () => {
    broken = await startTestApp()
    const { owner } = await completeSetup(broken)
    cookie = owner.cookieHeader
    await broken.db.execute('drop table access_tokens')
  })
  afterAll(() => broken.close())

  test('inside an operation is masked, with a reference to quote', async () => {
    const query = '{ organization(slug: "acme") { name accessTokens(first: 1) { totalCount } } }'
    const answer = await raw(broken, JSON.stringify({ query }), { cookie })
    const message = expectError(answer, 'INTERNAL_SERVER_ERROR')
    expect(message).toBe(
      `Something went wrong on our side. Quote the reference ${answer.requestId} when you ask for help.`,
    )
    expect(answer.text).not.toContain('access_tokens')
  })

  test('before any operation, while we find out who asks, is masked alike', async () => {
    const query = '{ viewer { user { id } } }'
    const secret = createTokenSecret()
    const answer = await raw(broken, JSON.stringify({ query }), { cookie: '', authorization: `Bearer ${secret}` })
    expect(answer.status).toBe(500)
    const message = expectError(answer, 'INTERNAL_SERVER_ERROR')
    expect(message).toContain(`Quote the reference ${answer.requestId}`)
    expect(answer.text).not.toMatch(/access_tokens|token_hash|params/)
  })

  test('leaves the rest of the API at work', async () => {
    const answer = await raw(broken, JSON.stringify({ query: '{ viewer { user { email } } }' }), { cookie })
    expect(answer.body).toEqual({ data: { viewer: { user: { email: 'owner@acme.example' } } } })
  })
})

describe('health', () => {
  const get = async (to: TestApp, path: string) => {
    const response = await fetch(`${to.origin}${path}`)
    return { status: response.status, body: await response.text() }
  }

  test('is fine while the database answers', async () => {
    expect(await get(app, '/healthz')).toEqual({ status: 200, body: '{"status":"ok"}' })
    expect(await get(app, '/readyz')).toEqual({ status: 200, body: '{"status":"ready"}' })
  })

  test('says not ready, but alive, when the database is gone; and no request tells why', async () => {
    const database = await createTestDatabase()
    const orphan = await startTestApp({ database })
    const { owner } = await completeSetup(orphan)
    expect((await get(orphan, '/readyz')).status).toBe(200)
    await database.drop()
    expect(await get(orphan, '/readyz')).toEqual({
      status: 503,
      body: '{"status":"the database does not answer"}',
    })
    expect((await get(orphan, '/healthz')).status).toBe(200)
    const query = JSON.stringify({ query: '{ viewer { user { id } } }' })
    const answer = await raw(orphan, query, { cookie: owner.cookieHeader })
    expect(answer.status).toBe(500)
    expectError(answer, 'INTERNAL_SERVER_ERROR')
    expect(answer.text).not.toMatch(/database|gatehouse_test/)
    const sso = await fetch(`${orphan.origin}/sso/sso_x/login`)
    expect(sso.status).toBe(500)
    expect(await sso.text()).not.toMatch(/gatehouse_test|select /)
    await orphan.close()
  })
})
