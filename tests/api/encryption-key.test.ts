import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { samlSpKeys } from '../../server/src/db/schema/sso-connections.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { completeSetup, connect, type SamlConnection, signIn } from '../testkit/scenario.ts'
import { buildServer } from '../testkit/server-process.ts'
import { encryptionKeyOf } from '../testkit/sp-keys.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const newKey = (): string => randomBytes(32).toString('base64')

let database: TestDatabase
let dataDir: string
let apps: TestApp[]
beforeAll(buildServer)
beforeEach(async () => {
  database = await createTestDatabase()
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-key-'))
  apps = []
})
afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()))
  await database.drop()
  fs.rmSync(dataDir, { recursive: true, force: true })
})

/** A replica. Without a key in the variable, that of the file in its data folder. */
async function start(encryptionKey: string, folder = dataDir): Promise<TestApp> {
  const environment = { ENCRYPTION_KEY: encryptionKey, DATA_DIR: folder }
  const app = await startTestApp({ database, environment })
  apps.push(app)
  return app
}

const keyFile = (): string => path.join(dataDir, 'encryption-key')

/** A connection whose assertions are encrypted: signing in takes the private key out of the database. */
async function setUp(app: TestApp): Promise<{ idp: IdentityProvider; connection: SamlConnection }> {
  const { organization, owner } = await completeSetup(app)
  const idp = await IdentityProvider.create()
  const connection = await connect(owner, organization.id, idp)
  await encryptionKeyOf(app.origin, connection.id)
  return { idp, connection }
}

async function signInAt(app: TestApp, { idp, connection }: Awaited<ReturnType<typeof setUp>>): Promise<string> {
  const at = (url: string): string => app.origin + new URL(url).pathname
  const here = { ...connection, loginUrl: at(connection.loginUrl), redirectUrl: at(connection.redirectUrl) }
  const publicKey = await encryptionKeyOf(app.origin, connection.id)
  const person = { subject: 'ada', email: 'ada@acme.example' }
  const { step } = await signIn(app, idp, here, person, { lies: { encrypt: { publicKey } } })
  return 'location' in step ? 'signed in' : step.refused
}

const rotate = (environment: Record<string, string>): Promise<{ stdout: string }> => {
  const { PATH = '' } = process.env
  return promisify(execFile)(process.execPath, ['scripts/gatehouse.mjs', 'rotate-encryption-key'], {
    cwd: root,
    env: { PATH, DATABASE_URL: database.url, DATA_DIR: dataDir, ...environment },
  })
}

const sealedWith = async (app: TestApp): Promise<string[]> =>
  (await app.db.select().from(samlSpKeys)).map(({ sealedPrivateKey }) => sealedPrivateKey.split('.')[1] ?? '')

describe('without ENCRYPTION_KEY', () => {
  test('the first start makes a file, and the next one uses it', async () => {
    const first = await start('')
    const world = await setUp(first)
    expect(fs.statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(await signInAt(await start(''), world)).toBe('signed in')
  })

  test('a start that finds secrets and no key says what is missing, and makes no new key', async () => {
    await setUp(await start(''))
    fs.rmSync(keyFile())
    await expect(start('')).rejects.toThrow(`restore ${keyFile()} from a backup`)
    expect(fs.existsSync(keyFile())).toBe(false)
  })

  test('what the file holds may be given in the variable instead', async () => {
    const world = await setUp(await start(''))
    const key = fs.readFileSync(keyFile(), 'utf8')
    expect(await signInAt(await start(key, path.join(dataDir, 'elsewhere')), world)).toBe('signed in')
  })
})

describe('with ENCRYPTION_KEY', () => {
  test('no file is made', async () => {
    await setUp(await start(newKey()))
    expect(fs.existsSync(keyFile())).toBe(false)
  })

  test('a start with another key ends, and names the fix', async () => {
    await setUp(await start(newKey()))
    await expect(start(newKey())).rejects.toThrow('Add the former key to it, after the present one')
  })

  test('another key may come first as long as the former one stands behind it', async () => {
    const former = newKey()
    const world = await setUp(await start(former))
    expect(await signInAt(await start(`${newKey()},${former}`), world)).toBe('signed in')
  })

  test('the rotation seals everything with the first key, and the former one may go', async () => {
    const [former, next] = [newKey(), newKey()]
    const running = await start(`${next},${former}`)
    const old = await start(former)
    const world = await setUp(old)
    const [before] = await sealedWith(running)
    const { stdout } = await rotate({ ENCRYPTION_KEY: `${next},${former}` })
    expect(stdout).toContain('Encrypted 1 key anew.')
    const [after] = await sealedWith(running)
    expect(after).not.toBe(before)
    // Who has both keys was never interrupted.
    expect(await signInAt(running, world)).toBe('signed in')
    expect(await signInAt(await start(next), world)).toBe('signed in')
    await expect(start(former)).rejects.toThrow('another key than ENCRYPTION_KEY')
    expect((await rotate({ ENCRYPTION_KEY: next })).stdout).toContain('Encrypted 0 keys anew.')
  })

  test('the rotation without the former key changes nothing', async () => {
    const app = await start(newKey())
    await setUp(app)
    const before = await sealedWith(app)
    await expect(rotate({ ENCRYPTION_KEY: newKey() })).rejects.toThrow('was not rotated')
    expect(await sealedWith(app)).toEqual(before)
  })
})

describe('the rotation of the file', () => {
  test('makes a new key, puts it first, and seals everything with it', async () => {
    const app = await start('')
    const world = await setUp(app)
    const former = fs.readFileSync(keyFile(), 'utf8').trim()
    const [before] = await sealedWith(app)
    await rotate({})
    const lines = fs.readFileSync(keyFile(), 'utf8').trim().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toBe(former)
    expect((await sealedWith(app))[0]).not.toBe(before)
    fs.writeFileSync(keyFile(), `${lines[0]}\n`)
    expect(await signInAt(await start(''), world)).toBe('signed in')
  })
})
