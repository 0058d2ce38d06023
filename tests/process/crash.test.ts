import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { freePort } from '../testkit/app.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { createAccessToken } from '../testkit/scenario.ts'
import {
  buildServer,
  createDataDir,
  embeddedUrl,
  removeDataDir,
  type ServerProcess,
  startServerProcess,
} from '../testkit/server-process.ts'

const setupToken = 'a-setup-token-of-the-test'

let dataDir: string
let port: string
let server: ServerProcess

beforeAll(buildServer)

beforeEach(async () => {
  dataDir = createDataDir()
  port = String(await freePort())
})

afterEach(async () => {
  await server.end('SIGKILL')
  await removeDataDir(dataDir)
})

async function start(): Promise<void> {
  server = await startServerProcess({ DATA_DIR: dataDir, PORT: port, SETUP_TOKEN: setupToken, RATE_LIMITS: 'off' })
}

async function setUp(): Promise<{ owner: GraphqlClient; organizationId: string }> {
  const owner = new GraphqlClient(server.origin)
  const input = {
    setupToken,
    organizationName: 'Acme',
    organizationSlug: 'acme',
    ownerEmail: 'owner@acme.example',
    ownerName: 'Olive Owner',
    ownerPassword: 'correct horse battery',
  }
  const { completeSetup } = await owner.run<{ completeSetup: { organization: { id: string } } }>(
    'mutation($input: CompleteSetupInput!) { completeSetup(input: $input) { organization { id } } }',
    { input },
  )
  return { owner, organizationId: completeSetup.organization.id }
}

type Acknowledged = { tokens: { id: string; secret: string }[]; organizations: string[]; connections: string[] }

/** Repeats it until it fails, which is when the server is gone. Resolves to what else it failed with. */
async function withoutPause(change: () => Promise<void>): Promise<string | null> {
  try {
    for (;;) await change()
  } catch (error) {
    const gone = error instanceof TypeError || error instanceof SyntaxError
    return gone ? null : String(error)
  }
}

/** Two who write at the same time, each waiting for an answer before the next change. */
function write(owner: GraphqlClient, organizationId: string, acknowledged: Acknowledged): Promise<(string | null)[]> {
  const addToken = async (): Promise<void> => {
    acknowledged.tokens.push(await createAccessToken(owner, organizationId, 'member'))
  }
  const addOrganization = async (): Promise<void> => {
    const slug = `o-${acknowledged.organizations.length}-${Math.random().toString(36).slice(2, 10)}`
    const { createOrganization } = await owner.run<{ createOrganization: { organization: { id: string } } }>(
      'mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } } }',
      { input: { name: slug, slug } },
    )
    const { id } = createOrganization.organization
    acknowledged.organizations.push(id)
    const { createSamlConnection } = await owner.run<{ createSamlConnection: { connection: { id: string } } }>(
      'mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id } } }',
      { input: { organizationId: id } },
    )
    acknowledged.connections.push(createSamlConnection.connection.id)
  }
  return Promise.all([withoutPause(addToken), withoutPause(addOrganization)])
}

async function readStored(): Promise<{ ids: Set<string>; tokens: string[]; createdTokens: string[] }> {
  const sql = openPostgres(embeddedUrl(dataDir), { max: 1, onnotice: () => {} })
  try {
    const tokens = (await sql<{ id: string }[]>`select id from access_tokens order by id`).map(({ id }) => id)
    const others = await sql<{ id: string }[]>`
      select id from organizations union all select id from sso_connections`
    const created = await sql<{ id: string }[]>`
      select details->>'accessTokenId' as id from audit_events where type = 'accessToken.created' order by 1`
    return {
      ids: new Set([...tokens, ...others.map(({ id }) => id)]),
      tokens,
      createdTokens: created.map(({ id }) => id),
    }
  } finally {
    await sql.end()
  }
}

describe('a server that is killed', () => {
  it('keeps every acknowledged change, twenty times in a row', { timeout: 400_000 }, async () => {
    await start()
    await server.ready()
    const { owner, organizationId } = await setUp()
    const acknowledged: Acknowledged = { tokens: [], organizations: [], connections: [] }
    for (let life = 0; life < 20; life++) {
      const writing = write(owner, organizationId, acknowledged)
      const before = acknowledged.tokens.length
      while (acknowledged.tokens.length === before) await sleep(5)
      await sleep(Math.random() * 400)
      expect(await server.end('SIGKILL')).toBe('SIGKILL')
      expect(await writing).toEqual([null, null])

      await start()
      await server.ready()
      const stored = await readStored()
      const { tokens, organizations, connections } = acknowledged
      const expected = [...tokens.map(({ id }) => id), ...organizations, ...connections]
      expect(expected.filter((id) => !stored.ids.has(id))).toEqual([])
      // A change and its audit event are one.
      expect(stored.tokens).toEqual(stored.createdTokens)
      const last = new GraphqlClient(server.origin, tokens.at(-1)?.secret)
      expect(await last.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: organizationId })).toBe('OK')
    }
    expect(acknowledged.tokens.length).toBeGreaterThan(40)
    expect(acknowledged.connections.length).toBeGreaterThan(20)
  })

  it('starts on what a killed start left, wherever it was', { timeout: 60_000 }, async () => {
    for (const milliseconds of [750, 1000, 1250, 1500, 1750]) {
      await start()
      await sleep(milliseconds)
      await server.end('SIGKILL')
    }
    await start()
    await server.ready()
    const { owner } = await setUp()
    expect(await owner.codeOf('{ viewer { user { id } } }')).toBe('OK')
  })
})
