import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { connect, createWorld, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let statements: string[] | null = null

beforeAll(async () => {
  app = await startTestApp({
    onStatement(statement) {
      // A connection that opens asks for the types there are.
      if (!statement.includes('pg_catalog')) statements?.push(statement)
    },
  })
  world = await createWorld(app)
})
afterAll(() => app.close())

const page = 'pageInfo { hasNextPage endCursor }'
const person = 'id email name createdAt'
const connection = `id name enabled loginUrl redirectUrl revision verifiedAt
  ... on SamlConnection { complete identityCount idpCertificates { subject } metadataRefresh { dueAt vanishedFingerprints }
    spCertificates { fingerprintSha256 } spMetadataUrl attributeMapping { email } }
  signInAttempts(first: 1) { totalCount nodes { id } }`

/** Each list, with all that its rows can be asked for, and how many statements it takes, whoever asks included. */
const lists: { name: string; fields: string; statements: number }[] = [
  {
    name: 'memberships',
    fields: `memberships(first: 100) { totalCount ${page} nodes { id role { id key permissions } roleSource suspended joinedAt
      lastSignInAt joinMethod user { ${person} } organization { id slug viewerRole { key } viewerPermissions }
      assignableRoles { key } viewerCanSuspend viewerCanRemove viewerCanEndSessions viewerRestriction } }`,
    statements: 7,
  },
  {
    name: 'accessTokens',
    fields: `accessTokens(first: 100) { totalCount ${page} nodes { id name role { key } createdBy { ${person} }
      organization { id slug viewerRole { key } } createdAt expiresAt lastUsedAt lastCharacters } }`,
    statements: 5,
  },
  {
    name: 'auditEvents',
    fields: `auditEvents(first: 100) { totalCount ${page} nodes { id at type actor summary requestId ipAddress } }`,
    statements: 5,
  },
  { name: 'ssoConnections', fields: `ssoConnections { ${connection} }`, statements: 9 },
  { name: 'domains', fields: 'domains { id name recordName recordValue problem verifiedAt }', statements: 4 },
]

/** How many statements PostgreSQL is sent, and how many rows come back. */
async function ask(query: string, at: (data: never) => unknown[]): Promise<{ statements: number; rows: number }> {
  // Whoever asks is noted at most once a minute: not now.
  await world.owner.run('{ __typename }')
  statements = []
  const data = await world.owner.run<never>(query)
  const { length } = statements
  statements = null
  return { statements: length, rows: at(data).length }
}

const askForList = ({ name, fields }: (typeof lists)[number]) =>
  ask(`{ organization(slug: "acme") { ${fields} } }`, ({ organization }: never) => {
    const list = organization[name] as unknown[] | { nodes: unknown[] }
    return Array.isArray(list) ? list : list.nodes
  })

const askForAttempts = () =>
  ask(
    `{ node(id: "${world.connection.id}") { ... on SsoConnection { signInAttempts(first: 100) { totalCount ${page} nodes {
      id at succeeded failureReason message fixedBy advice whereToFix messageForIdpAdministrator notReached
      user { ${person} } connection { id name } checks { name passed } } } } } }`,
    ({ node }: { node: { signInAttempts: { nodes: unknown[] } } }) => node.signInAttempts.nodes,
  )

/** Many more of everything, people and refused sign-ins among them. */
async function fill(): Promise<void> {
  const organization = `'${world.organization.id}'`
  await app.db.execute(`insert into users (id, email, name, created_at)
    select 'usr_many' || n, 'many' || n || '@acme.example', 'Many', now() from generate_series(1, 50) n`)
  await app.db.execute(`insert into memberships (id, organization_id, user_id, role, role_source, join_method, joined_at)
    select 'mem_many' || n, ${organization}, 'usr_many' || n, 'member', 'JUST_IN_TIME', 'SINGLE_SIGN_ON', now() from generate_series(1, 50) n`)
  await app.db.execute(`insert into access_tokens (id, organization_id, name, role, token_hash, last_characters, created_by_user_id, created_at)
    select 'tok_many' || n, ${organization}, 'Many', 'member', 'hash ' || n, 'abcd', 'usr_many' || n, now() from generate_series(1, 50) n`)
  await app.db.execute(`insert into audit_events (id, organization_id, at, type, actor, summary, details, request_id, sequence, hash)
    select 'aud_many' || n, ${organization}, now(), 'membership.left', 'many', 'Many left.', '{}', 'req_many', 1000 + n, 'hash ' || n from generate_series(1, 50) n`)
  await app.db.execute(`insert into domains (id, organization_id, name, challenge, due_at, created_at)
    select 'dom_many' || n, ${organization}, 'many' || n || '.example', 'challenge', now(), now() from generate_series(1, 50) n`)
  await app.db.execute(`insert into sign_in_attempts select (jsonb_populate_record(attempt,
      jsonb_build_object('id', attempt.id || n, 'user_id', case when attempt.succeeded then 'usr_many' || n end))).*
    from sign_in_attempts attempt, generate_series(1, 40) n where attempt.connection_id = '${world.connection.id}'`)
  const idp = await IdentityProvider.create()
  for (let number = 0; number < 48; number++) await connect(world.owner, world.organization.id, idp)
}

const askForOrganizations = () =>
  ask(
    `{ viewer { memberships(first: 100) { totalCount nodes { id role { key permissions } user { ${person} }
      organization { id slug name createdAt } } } } }`,
    ({ viewer }: { viewer: { memberships: { nodes: unknown[] } } }) => viewer.memberships.nodes,
  )

const askForSessions = () =>
  ask(
    '{ viewer { sessions { id browser method connectionName organizationName current createdAt expiresAt } } }',
    ({ viewer }: { viewer: { sessions: unknown[] } }) => viewer.sessions,
  )

/** Many more sessions of the owner's. */
async function fillSessions(): Promise<void> {
  await app.db.execute(`insert into sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
    select 'ses_many' || n, 'many ' || n, users.id, now(), now(), now() + interval '1 day'
    from generate_series(1, 50) n, users where users.email = 'owner@acme.example'`)
}

/** Many more organizations of the owner's. */
async function fillOrganizations(): Promise<void> {
  await app.db.execute(`insert into organizations (id, slug, name, created_at)
    select 'org_many' || n, 'many-' || n, 'Many', now() from generate_series(1, 50) n`)
  await app.db.execute(`insert into memberships (id, organization_id, user_id, role, role_source, join_method, joined_at)
    select 'mem_owner' || n, 'org_many' || n, users.id, 'owner', 'SETUP', 'SETUP', now()
    from generate_series(1, 50) n, users where users.email = 'owner@acme.example'`)
}

describe('the number of statements does not grow with the list', () => {
  const few = new Map<string, { statements: number; rows: number }>()

  beforeAll(async () => {
    const { idp, connection, owner, organization } = world
    const mary = { subject: 'mary', email: 'mary@acme.example', name: 'Mary Member' }
    await signIn(app, idp, connection, mary, { lies: { audience: 'urn:somebody-else' } })
    await connect(owner, organization.id, idp)
    for (const list of lists) few.set(list.name, await askForList(list))
    few.set('signInAttempts', await askForAttempts())
    await fill()
  })

  test.each(lists)('$name', async (list) => {
    const many = await askForList(list)
    expect({ few: few.get(list.name)?.statements, many: many.statements }).toEqual({
      few: list.statements,
      many: list.statements,
    })
    expect(many.rows).toBeGreaterThanOrEqual(50)
  })

  test('signInAttempts', async () => {
    const many = await askForAttempts()
    expect({ few: few.get('signInAttempts')?.statements, many: many.statements }).toEqual({ few: 8, many: 8 })
    expect(many.rows).toBeGreaterThan(50)
  })

  test('memberships of the viewer', async () => {
    const before = await askForOrganizations()
    await fillOrganizations()
    const after = await askForOrganizations()
    expect({ few: before.statements, many: after.statements }).toEqual({ few: 4, many: 4 })
    expect(after.rows).toBeGreaterThanOrEqual(50)
  })

  test('sessions of the viewer', async () => {
    const before = await askForSessions()
    await fillSessions()
    const after = await askForSessions()
    expect({ few: before.statements, many: after.statements }).toEqual({ few: 3, many: 3 })
    expect(after.rows).toBeGreaterThan(50)
  })
})
