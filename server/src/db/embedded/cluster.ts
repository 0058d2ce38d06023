import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Log } from '../../core/log.ts'
import type { Binaries } from './binaries.ts'
import { giveTo, type Placement } from './placement.ts'
import { inspectProcess, waitForEnd } from './processes.ts'

const run = promisify(execFile)
const user = 'gatehouse'

/** How PostgreSQL is reached: arguments for it, and the URL for its clients. */
export type Listening = { args: string[]; databaseUrl: string; cleanUp(): void }

/** PostgreSQL obeys PGPORT, PGDATESTYLE and the like; none of them is meant for this one. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(inherited), LC_ALL: 'C' }
}

/** Creates the cluster unless it exists. It appears under its name only when it is complete. */
export async function ensureCluster({ folder, cluster, account }: Placement, { initdb }: Binaries): Promise<void> {
  if (fs.existsSync(cluster)) {
    if (account !== null && fs.statSync(cluster).uid === 0) giveTo(account, cluster)
    fs.accessSync(path.join(cluster, 'PG_VERSION'), fs.constants.R_OK)
    return
  }
  for (const name of fs.readdirSync(folder).filter((entry) => entry.startsWith('postgres.new-'))) {
    fs.rmSync(path.join(folder, name), { recursive: true, force: true })
  }
  const unfinished = fs.mkdtempSync(path.join(folder, 'postgres.new-'))
  if (account !== null) fs.chownSync(unfinished, account.uid, account.gid)
  const auth = isWindows
    ? ['--auth=scram-sha-256', `--pwfile=${writePassword(folder)}`]
    : ['--auth-local=trust', '--auth-host=reject']
  try {
    const args = [`--pgdata=${unfinished}`, `--username=${user}`, '--encoding=UTF8', ...localeArguments(), ...auth]
    await run(initdb, args, { ...account, cwd: folder, env: childEnvironment() })
    fs.renameSync(unfinished, cluster)
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true })
    const { stderr, message } = error as Error & { stderr?: string }
    throw new Error(`PostgreSQL could not create its data folder ${cluster}:\n${(stderr || message).trim()}`)
  }
}

/**
 * PostgreSQL's built-in C.UTF-8 orders and folds case alike on every system. The system's LC_CTYPE still decides
 * which characters pg_trgm takes for letters.
 */
function localeArguments(): string[] {
  const characters = { linux: 'C.UTF-8', darwin: 'en_US.UTF-8' }[process.platform as string] ?? 'C'
  return ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${characters}`]
}

export const isWindows = process.platform === 'win32'
const passwordFile = (folder: string): string => path.join(folder, 'postgres.password')

function writePassword(folder: string): string {
  fs.writeFileSync(passwordFile(folder), randomBytes(24).toString('base64url'), { mode: 0o600 })
  return passwordFile(folder)
}

/** A Unix socket in a folder that only PostgreSQL's user and we can enter; on Windows a free port of this machine. */
export async function prepareListening(placement: Placement): Promise<Listening> {
  if (isWindows) {
    const port = await freePort()
    const password = fs.readFileSync(passwordFile(placement.folder), 'utf8').trim()
    return {
      args: ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      databaseUrl: `postgres://${user}:${password}@127.0.0.1:${port}/gatehouse`,
      cleanUp: () => {},
    }
  }
  const folder = socketFolder(placement)
  return {
    args: ['-p', '5432', '-c', 'listen_addresses=', '-c', `unix_socket_directories="${folder.replaceAll('"', '""')}"`],
    databaseUrl: `postgres://${user}@/gatehouse?host=${encodeURIComponent(folder)}`,
    cleanUp: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}

function socketFolder({ folder, account }: Placement): string {
  const beside = path.join(folder, 'socket')
  // The system's limit for a socket's path is 103 bytes on macOS, 107 on Linux; "/.s.PGSQL.5432" is added to this one.
  const short = Buffer.byteLength(beside) < 85
  const chosen = short ? beside : fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-'))
  // The lock beside a socket names a process; one left from earlier could name any.
  fs.rmSync(chosen, { recursive: true, force: true })
  fs.mkdirSync(chosen, { mode: 0o700 })
  if (account !== null) fs.chownSync(chosen, account.uid, account.gid)
  return chosen
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/**
 * Stops the PostgreSQL that a Gatehouse killed on the spot left behind on this cluster.
 * @throws when it does not end.
 */
export async function stopOrphan(cluster: string, binaries: Binaries, log: Log): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid')
  if (!fs.existsSync(pidFile)) return
  const [first, recordedCluster = cluster] = fs.readFileSync(pidFile, 'utf8').split('\n')
  const pid = Number.parseInt(first ?? '', 10)
  if (!(pid > 0)) return fs.rmSync(pidFile, { force: true })
  const found = inspectProcess(pid)
  const ours = [cluster, recordedCluster].some((folder) => found?.command.includes(` -D ${folder} `))
  if (found === null || !found.command.includes('postgres') || !ours) {
    // PostgreSQL itself recognizes a number that nobody has, and then learns from the file to wait for what is left of
    // the earlier one. But it takes another process that has the number now, or a dead one that stays listed, for its own.
    if (await isListed(pid, found === null ? 5000 : 0)) fs.rmSync(pidFile, { force: true })
    return
  }
  log.warn({ postgresPid: pid }, 'stopping the PostgreSQL that an earlier Gatehouse left running')
  await stopPostgres(pid, cluster, binaries)
}

/** @returns whether the system still knows the number, dead or alive, after the time. */
async function isListed(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (signal(pid, 0)) {
    if (performance.now() >= deadline) return true
    await sleep(20)
  }
  return false
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stopPostgres(pid: number, cluster: string, { pgCtl }: Binaries): Promise<void> {
  if (isWindows) await run(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-t', '10']).catch(() => undefined)
  else signal(pid, 'SIGINT')
  if (await waitForEnd(pid, 10_000)) return
  signal(pid, 'SIGQUIT')
  if (!(await waitForEnd(pid, 10_000))) throw new Error(`PostgreSQL (process ${pid}) does not stop.`)
}

/** @returns whether the process exists. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    if (name === 0) return true
    throw new Error(`PostgreSQL (process ${pid}) runs as another user and cannot be stopped by this one.`)
  }
}
