import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { freePort, type TestApp } from '../testkit/app.ts'
import { createEmptyDatabase } from '../testkit/database.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { completeSetup } from '../testkit/scenario.ts'
import {
  buildServer,
  createDataDir,
  embeddedUrl,
  lives,
  postgresPid,
  removeDataDir,
  type ServerProcess,
  startServerProcess,
} from '../testkit/server-process.ts'

const setupToken = 'a-setup-token-of-the-test'
const viewer = '{ viewer { user { email } } }'

let dataDir: string
let servers: ServerProcess[]

beforeAll(buildServer)

beforeEach(() => {
  dataDir = createDataDir()
  servers = []
})

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')))
  await removeDataDir(dataDir)
})

async function start(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ DATA_DIR: dataDir, ...environment })
  servers.push(server)
  return server
}

async function startReady(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await start(environment)
  await server.ready()
  return server
}

function setUp({ origin }: ServerProcess): ReturnType<typeof completeSetup> {
  const app: Pick<TestApp, 'setupToken' | 'nobody'> = { setupToken, nobody: () => new GraphqlClient(origin) }
  return completeSetup(app as TestApp)
}

function pidOfPostgres(): number {
  const pid = postgresPid(dataDir)
  if (pid === null) throw new Error('PostgreSQL does not run')
  return pid
}

/** Succeeds when nobody listens there any more. */
async function listenOn(port: number): Promise<net.Server> {
  const server = net.createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, 'localhost', resolve)
  })
  return server
}

const close = (server: net.Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

describe('the start', { timeout: 60_000 }, () => {
  it('prints the address, the setup link and where mail is kept, and nothing else', async () => {
    const server = await startReady({ SETUP_TOKEN: setupToken })
    await expect.poll(() => server.output()).toContain('/setup?token=')
    expect(server.output()).toBe(
      [
        '',
        `Gatehouse is ready at ${server.origin}`,
        '',
        'Create the first organization and its owner here:',
        `  ${server.origin}/setup?token=${setupToken}`,
        '',
        `Mail is not sent, but kept here: ${server.origin}/dev/inbox`,
        '',
        '',
      ].join('\n'),
    )
  })

  it('makes up a setup token when none is given, another one each time', async () => {
    const tokens: (string | undefined)[] = []
    for (let round = 0; round < 2; round++) {
      const server = await startReady()
      await expect.poll(() => server.output()).toMatch(/\/setup\?token=\S{32,}\n/)
      tokens.push(/\?token=(\S+)/.exec(server.output())?.[1])
      await server.end('SIGTERM')
    }
    expect(new Set(tokens).size).toBe(2)
  })

  it('prints no link after the setup, and finds its data', async () => {
    const port = String(await freePort())
    const first = await startReady({ SETUP_TOKEN: setupToken, PORT: port })
    const { owner } = await setUp(first)
    expect(await first.end('SIGTERM')).toBe(0)
    const second = await startReady({ SETUP_TOKEN: setupToken, PORT: port })
    await expect.poll(() => second.output()).toContain('Gatehouse is ready at')
    expect(second.output()).not.toContain('setup')
    expect(await owner.run(viewer)).toEqual({ viewer: { user: { email: 'owner@acme.example' } } })
  })

  it('logs what people and scripts do, not the files and the questions of a supervisor', async () => {
    const server = await startReady({ SETUP_TOKEN: setupToken })
    await fetch(`${server.origin}/`)
    await fetch(`${server.origin}/healthz`)
    await setUp(server)
    await expect.poll(() => server.output()).toContain('"/graphql"')
    const lines = server.output().split('\n')
    const logged = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object)
    expect(logged).toEqual([
      expect.objectContaining({ level: 'info', msg: 'request', method: 'POST', route: '/graphql', status: 200 }),
    ])
    expect(server.output()).not.toContain('Deprecation')
  })
})

describe('a stop', { timeout: 60_000 }, () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`by ${signal} takes everything down, the database last`, async () => {
      const server = await startReady()
      const pid = pidOfPostgres()
      expect(await server.end(signal)).toBe(0)
      expect(server.output()).toMatch(/\nStopping …\nStopped\.\n$/)
      expect(lives(pid)).toBe(false)
      expect(postgresPid(dataDir)).toBeNull()
      expect(fs.existsSync(path.join(dataDir, 'postgres.owner'))).toBe(false)
      await close(await listenOn(server.port))
    })
  }

  it('answers the request that is running', async () => {
    const server = await startReady({ SETUP_TOKEN: setupToken })
    const { owner, organization } = await setUp(server)
    const sql = openPostgres(embeddedUrl(dataDir), { max: 1, onnotice: () => {} })
    try {
      const held = await sql.reserve()
      await held`begin`
      await held`lock table access_tokens in exclusive mode`
      const answer = owner.send(
        'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { secret } }',
        { input: { organizationId: organization.id, name: 'late', role: 'member' } },
      )
      await sleep(300)
      const ended = server.end('SIGTERM')
      await sleep(700)
      expect(server.child.exitCode).toBeNull()
      await held`commit`
      held.release()
      const { data, errors } = await answer
      expect(errors).toEqual([])
      expect(data).toEqual({ createAccessToken: { secret: expect.any(String) } })
      expect(await ended).toBe(0)
    } finally {
      await sql.end({ timeout: 0 })
    }
    expect(postgresPid(dataDir)).toBeNull()
  })

  it('in the middle of a start leaves no PostgreSQL behind', async () => {
    for (const milliseconds of [0, 100, 300]) {
      const server = await start()
      await expect.poll(() => fs.existsSync(path.join(dataDir, 'postgres.owner')), { timeout: 20_000 }).toBe(true)
      await sleep(milliseconds)
      expect(await server.end('SIGTERM')).toBe(0)
      expect(postgresPid(dataDir)).toBeNull()
      expect(fs.existsSync(path.join(dataDir, 'postgres.owner'))).toBe(false)
    }
  })
})

describe('what is wrong at the start', { timeout: 60_000 }, () => {
  const wrong: [Record<string, string>, string][] = [
    [{ PORT: 'many' }, 'PORT must be a number from 1 to 65535.'],
    [{ PUBLIC_URL: 'sso.example.com' }, 'PUBLIC_URL must be an address such as https://sso.example.com.'],
    [{ DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL must start with postgres://.'],
    [{ SETUP_TOKEN: 'short' }, 'SETUP_TOKEN must have at least 16 characters.'],
    [{ RATE_LIMITS: 'some' }, 'RATE_LIMITS must be on or off.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.'],
  ]
  for (const [environment, sentence] of wrong) {
    it(`says: ${sentence}`, async () => {
      const server = await startServerProcess({ PORT: '4000', DATA_DIR: dataDir, ...environment })
      servers.push(server)
      expect(await server.ended()).toBe(1)
      expect(server.output()).toBe(`Gatehouse could not start.\nThe configuration is wrong:\n${sentence}\n`)
      expect(fs.readdirSync(dataDir)).toEqual([])
    })
  }

  it('names all wrong variables at once', async () => {
    const server = await start({ TRUST_PROXY: 'yes', LOG_LEVEL: 'loud' })
    expect(await server.ended()).toBe(1)
    expect(server.output()).toMatch(/\nTRUST_PROXY must .*\nLOG_LEVEL must /)
  })

  it('a port that is in use: names PORT, and leaves no PostgreSQL behind', async () => {
    const taken = await listenOn(await freePort())
    try {
      const { port } = taken.address() as net.AddressInfo
      const server = await start({ PORT: String(port) })
      expect(await server.ended()).toBe(1)
      expect(server.output()).toBe(
        `Gatehouse could not start.\nPort ${port} is used by another program. Stop that one, or set PORT to another port.\n`,
      )
      expect(fs.existsSync(path.join(dataDir, 'postgres'))).toBe(true)
      expect(postgresPid(dataDir)).toBeNull()
    } finally {
      await close(taken)
    }
  })

  it('a database that is not there: names DATABASE_URL, and not its password', async () => {
    const port = await freePort()
    const server = await start({ DATABASE_URL: `postgres://somebody:hunter22@localhost:${port}/gatehouse` })
    expect(await server.ended()).toBe(1)
    expect(server.output()).toMatch(/^Gatehouse could not start\.\nThe database that DATABASE_URL names .*ECONNREFUSED/)
    expect(server.output()).not.toContain('hunter22')
  })
})

describe('with DATABASE_URL', { timeout: 60_000 }, () => {
  it('starts no database of its own', async () => {
    const database = await createEmptyDatabase()
    try {
      const nowhere = path.join(dataDir, 'none')
      const server = await startReady({ DATABASE_URL: database.url, DATA_DIR: nowhere })
      expect(fs.readdirSync(nowhere)).toEqual(['encryption-key'])
      await expect.poll(() => server.output()).toContain('set ENCRYPTION_KEY where there are several replicas')
      expect(await server.end('SIGTERM')).toBe(0)
    } finally {
      await database.drop()
    }
  })

  it('whose database is gone: it says so, logs the reason, and tells clients only a reference', async () => {
    const database = await createEmptyDatabase()
    const server = await startReady({ DATABASE_URL: database.url })
    await database.drop()
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(503)
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
    const { status, errors } = await new GraphqlClient(server.origin).send('{ setupRequired }')
    expect(status).toBe(500)
    const [error] = errors
    expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(/^req_/) })
    expect(error?.message).toContain(String(error?.extensions['requestId']))
    expect(error?.message).not.toContain('database')
    await expect.poll(() => server.output()).toMatch(/failed unexpectedly.*/)
    expect(await server.end('SIGTERM')).toBe(0)
  })

  it('two replicas start at once on an empty database, and one knows the session of the other', async () => {
    const database = await createEmptyDatabase()
    try {
      const port = String(await freePort())
      const common = {
        DATABASE_URL: database.url,
        PUBLIC_URL: `http://localhost:${port}`,
        SETUP_TOKEN: setupToken,
      }
      const [one, other] = await Promise.all([start({ ...common, PORT: port }), start(common)])
      await Promise.all([one.ready(), other.ready()])
      const { owner } = await setUp(one)
      const elsewhere = new GraphqlClient(other.origin).withCookies(owner.cookieHeader)
      const { data, errors } = await elsewhere.send(viewer, {}, { origin: one.origin })
      expect(errors).toEqual([])
      expect(data).toEqual({ viewer: { user: { email: 'owner@acme.example' } } })
      expect(await Promise.all([one.end('SIGTERM'), other.end('SIGTERM')])).toEqual([0, 0])
    } finally {
      await database.drop()
    }
  })
})
