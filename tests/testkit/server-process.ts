import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { inspectProcess } from '../../server/src/db/embedded/processes.ts'
import { freePort } from './app.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds server/dist unless it is up to date; test files that ask at once wait for one another. */
export async function buildServer(): Promise<void> {
  const sql = openPostgres(inject('postgres').url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(4208117002)`
    await promisify(execFile)(process.execPath, ['scripts/build.mjs', 'server'], { cwd: root })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** An empty folder that PostgreSQL, another user when we are root, can get into. */
export function createDataDir(): string {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-process-'))
  fs.chmodSync(dataDir, 0o755)
  return dataDir
}

/** The process number of the embedded PostgreSQL; null when there is none. */
export function postgresPid(dataDir: string): number | null {
  try {
    return Number.parseInt(fs.readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
  } catch {
    return null
  }
}

/** Where the embedded PostgreSQL listens, for looking at what was stored. */
export const embeddedUrl = (dataDir: string): string =>
  `postgres://gatehouse@/gatehouse?host=${encodeURIComponent(path.join(dataDir, 'socket'))}`

/** A process that has ended but stays listed until somebody asks for its exit code does not count. */
export const lives = (pid: number): boolean => inspectProcess(pid) !== null

/** What is left of the PostgreSQL of a server that was killed. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const pid = postgresPid(dataDir)
  if (pid !== null && lives(pid)) {
    process.kill(pid, 'SIGQUIT')
    while (lives(pid)) await sleep(20)
  }
  fs.rmSync(dataDir, { recursive: true, force: true })
}

export type ServerProcess = {
  child: ChildProcess
  port: number
  origin: string
  /** All it has printed so far. */
  output(): string
  /** Resolves when /readyz says so. */
  ready(): Promise<void>
  /** Sends the signal and resolves to the exit code, or to the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string | null>
  /** Resolves to the same when it ends by itself. */
  ended(): Promise<number | string | null>
}

/** The built server in a process of its own, with nothing of our environment that would configure it. */
export async function startServerProcess(environment: Record<string, string>): Promise<ServerProcess> {
  const port = Number(environment['PORT'] ?? (await freePort()))
  const { PATH = '', HOME = '', TMPDIR = os.tmpdir() } = process.env
  const child = spawn(process.execPath, [path.join(root, 'server', 'dist', 'main.js')], {
    env: { PATH, HOME, TMPDIR, NODE_ENV: 'production', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const origin = `http://localhost:${port}`
  const closed = once(child, 'close').then(() => child.exitCode ?? child.signalCode)
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  return {
    child,
    port,
    origin,
    output: () => output,
    async ready() {
      const deadline = performance.now() + 40_000
      for (;;) {
        if (hasEnded()) throw new Error(`The server ended with ${await closed}:\n${output}`)
        if (performance.now() > deadline) throw new Error(`The server is not ready:\n${output}`)
        const answered = await fetch(`${origin}/readyz`).then(
          async (response) => (await response.text(), response.ok),
          () => false,
        )
        if (answered) return
        await sleep(20)
      }
    },
    end(signal) {
      child.kill(signal)
      return closed
    },
    ended: () => closed,
  }
}
