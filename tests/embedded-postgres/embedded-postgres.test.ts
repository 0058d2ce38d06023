import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../server/src/core/log.ts'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/src/db/embedded-postgres.ts'

const ownerScript = fileURLToPath(new URL('owner.ts', import.meta.url))
const testsFolder = fileURLToPath(new URL('..', import.meta.url))
const log = createLog('silent')

let dataDir: string
let running: EmbeddedPostgres[]
let owners: ChildProcess[]

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-test-'))
  // Run as root, PostgreSQL becomes another user, who has to get in.
  fs.chmodSync(dataDir, 0o755)
  running = []
  owners = []
})

afterEach(async () => {
  await Promise.all(owners.map(kill))
  await Promise.all(running.map((postgres) => postgres.stop()))
  // An owner killed by a test leaves its PostgreSQL behind; a start and a stop take it down.
  if (fs.existsSync(pidFile())) await (await startEmbeddedPostgres({ dataDir, log })).stop()
  fs.rmSync(dataDir, { recursive: true, force: true })
})

const pidFile = (): string => path.join(dataDir, 'postgres', 'postmaster.pid')
const postgresPid = (): number => Number.parseInt(fs.readFileSync(pidFile(), 'utf8'), 10)

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log })
  running.push(postgres)
  return postgres
}

async function kill(owner: ChildProcess): Promise<void> {
  if (owner.exitCode !== null || owner.signalCode !== null) return
  owner.kill('SIGKILL')
  await once(owner, 'exit')
}

/** A Gatehouse in another process that inserts numbers, from `first` on, until it is killed. */
function startOwner(first: number): {
  owner: ChildProcess
  acknowledged: number[]
  reaches(count: number): Promise<void>
} {
  const owner = spawn(process.execPath, ['--import', 'tsx', ownerScript, dataDir, String(first)], {
    cwd: testsFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  owners.push(owner)
  const acknowledged: number[] = []
  createInterface({ input: owner.stdout }).on('line', (line) => acknowledged.push(Number(line)))
  const reaches = async (count: number): Promise<void> => {
    while (acknowledged.length < count) {
      if (owner.exitCode !== null) throw new Error(`The owner ended with ${owner.exitCode}.`)
      await sleep(10)
    }
  }
  return { owner, acknowledged, reaches }
}

async function query<T>(databaseUrl: string, statement: string): Promise<T[]> {
  const sql = openPostgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe<(T & object)[]>(statement))]
  } finally {
    await sql.end()
  }
}

describe('embedded PostgreSQL', { timeout: 60_000 }, () => {
  it('starts on an empty folder with a durable UTF-8 database that no network reaches', async () => {
    const { databaseUrl } = await start()
    const [settings] = await query(
      databaseUrl,
      `select current_database() as database, pg_encoding_to_char(encoding) as encoding, datlocale as locale,
         current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses
       from pg_database where datname = current_database()`,
    )
    const addresses = process.platform === 'win32' ? '127.0.0.1' : ''
    expect(settings).toEqual({ database: 'gatehouse', encoding: 'UTF8', locale: 'C.UTF-8', fsync: 'on', addresses })
  })

  it('keeps the data over a stop', async () => {
    const before = await start()
    await query(before.databaseUrl, 'create table entry as select 1 as n')
    await before.stop()
    expect(fs.existsSync(pidFile())).toBe(false)
    const after = await start()
    expect(await query(after.databaseUrl, 'select n from entry')).toEqual([{ n: 1 }])
  })

  it('keeps every acknowledged insert when Gatehouse is killed, again and again', async () => {
    const acknowledged: number[] = []
    for (const first of [0, 1_000_000, 2_000_000]) {
      const life = startOwner(first)
      await life.reaches(50)
      await kill(life.owner)
      acknowledged.push(...life.acknowledged)
    }
    const { databaseUrl } = await start()
    const kept = new Set((await query<{ n: number }>(databaseUrl, 'select n from entry')).map((row) => row.n))
    expect(acknowledged.length).toBeGreaterThanOrEqual(150)
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([])
  })

  it('keeps every acknowledged insert when Gatehouse and PostgreSQL are killed together', async () => {
    const life = startOwner(0)
    await life.reaches(50)
    process.kill(postgresPid(), 'SIGKILL')
    await kill(life.owner)
    const { databaseUrl } = await start()
    const kept = new Set((await query<{ n: number }>(databaseUrl, 'select n from entry')).map((row) => row.n))
    expect(life.acknowledged.filter((n) => !kept.has(n))).toEqual([])
  })

  it('starts PostgreSQL again when it dies by itself', async () => {
    const { databaseUrl } = await start()
    await query(databaseUrl, 'create table entry as select 1 as n')
    const killed = postgresPid()
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => (fs.existsSync(pidFile()) ? postgresPid() : killed), { timeout: 20_000 }).not.toBe(killed)
    await expect
      .poll(() => query(databaseUrl, 'select n from entry').catch(() => null), { timeout: 20_000 })
      .toEqual([{ n: 1 }])
  })

  it('refuses a second start while the first one lives', async () => {
    const life = startOwner(0)
    await life.reaches(1)
    await expect(start()).rejects.toThrow(
      `Another Gatehouse (process ${life.owner.pid}) uses this data folder, ${dataDir}`,
    )
    const seen = life.acknowledged.length
    await life.reaches(seen + 10)
  })

  it('is not misled by a process number that something else has now', async () => {
    const before = await start()
    await before.stop()
    fs.writeFileSync(
      path.join(dataDir, 'postgres.owner'),
      JSON.stringify({ pid: process.pid, startedAt: 'another time' }),
    )
    fs.writeFileSync(pidFile(), `${process.ppid}\n${path.join(dataDir, 'postgres')}\n`)
    const after = await start()
    expect(await query(after.databaseUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('says what PostgreSQL said when it cannot start', async () => {
    const before = await start()
    await before.stop()
    const settings = path.join(dataDir, 'postgres', 'postgresql.conf')
    fs.appendFileSync(settings, 'no_such_setting = 1\n')
    await expect(start()).rejects.toThrow(/ended while it started.*\n.*no_such_setting/)
    fs.writeFileSync(settings, fs.readFileSync(settings, 'utf8').replace('no_such_setting = 1\n', ''))
    await start()
  })
})
