import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../core/log.ts'
import { openPostgres } from '../connection-options.ts'
import type { Binaries } from './binaries.ts'
import { childEnvironment, type Listening, stopPostgres } from './cluster.ts'
import type { Placement } from './placement.ts'

type Context = { placement: Placement; binaries: Binaries; listening: Listening; logFile: string; log: Log }
type Attempt = { process: ChildProcess; logStart: number; outcome: { ended: boolean; error: string } }

const readyWithin = 30_000
const logFileLimit = 10_000_000
const reviveAfter = 1000

/**
 * Runs PostgreSQL until it is stopped; if it ends by itself, it is started again.
 * @throws when it is not ready within 30 seconds; the message ends with the last lines of its log.
 */
export async function runServer(context: Context): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  let current = await launch(context, stopping.signal)
  let reviving = Promise.resolve()

  const reviveWhenEnded = (): void => {
    const revive = async (): Promise<void> => {
      context.log.error({ logFile: context.logFile }, 'PostgreSQL ended by itself; starting it again')
      while (!stopping.signal.aborted) {
        try {
          current = await launch(context, stopping.signal)
          context.log.info('PostgreSQL is back')
          return reviveWhenEnded()
        } catch (err) {
          context.log.error({ err }, 'PostgreSQL could not be started again')
          await sleep(reviveAfter, undefined, { signal: stopping.signal }).catch(() => undefined)
        }
      }
    }
    const onEnd = (): void => {
      if (!stopping.signal.aborted) reviving = revive()
    }
    if (current.outcome.ended) onEnd()
    else current.process.once('exit', onEnd)
  }
  reviveWhenEnded()

  // Whoever leaves by process.exit() takes PostgreSQL along.
  const killAtExit = (): void => void current.process.kill('SIGINT')
  process.once('exit', killAtExit)
  return {
    async stop() {
      stopping.abort()
      await reviving
      await end(current, context)
      process.off('exit', killAtExit)
    },
  }
}

async function launch(context: Context, stopping: AbortSignal): Promise<Attempt> {
  const deadline = performance.now() + readyWithin
  for (;;) {
    const attempt = spawnPostgres(context)
    const state = await waitUntilReady(attempt, context.listening.databaseUrl, deadline, stopping)
    if (state === 'ready') return attempt
    await end(attempt, context)
    if (stopping.aborted) throw new Error('PostgreSQL was stopped while it started.')
    const lines = lastLines(context.logFile, attempt.logStart)
    // After a sudden death its processes need a moment to notice it, and until then a new one may not start.
    const lingering = /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(lines)
    if (state === 'timeout' || !lingering || performance.now() > deadline) {
      const problem = state === 'timeout' ? `was not ready within ${readyWithin / 1000} s` : 'ended while it started'
      throw new Error(`PostgreSQL ${problem}. The end of ${context.logFile}:\n${lines}${attempt.outcome.error}`)
    }
    await sleep(250)
  }
}

function spawnPostgres({ placement, binaries, listening, logFile }: Context): Attempt {
  const size = fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size > logFileLimit) fs.renameSync(logFile, `${logFile}.1`)
  const log = fs.openSync(logFile, 'a', 0o600)
  const logStart = fs.fstatSync(log).size
  // `-D` and the folder stay first: stopOrphan recognizes PostgreSQL by them.
  const args = [
    '-D',
    placement.cluster,
    ...listening.args,
    '-c',
    'timezone=UTC',
    '-c',
    'log_timezone=UTC',
    '-c',
    'logging_collector=off',
    // One request keeps one process busy, and a disk without a moving arm reads here as fast as there.
    '-c',
    'max_parallel_workers_per_gather=0',
    '-c',
    'random_page_cost=1.1',
  ]
  const child = spawn(binaries.postgres, args, {
    ...placement.account,
    cwd: placement.folder,
    env: childEnvironment(),
    stdio: ['ignore', log, log],
    // Its own process group: Ctrl-C reaches only us, and we stop it when nobody needs it any more.
    detached: true,
    windowsHide: true,
  })
  fs.closeSync(log)
  child.unref()
  const outcome = { ended: false, error: '' }
  child.once('exit', () => {
    outcome.ended = true
  })
  child.once('error', (error) => {
    outcome.ended = true
    outcome.error = error.message
  })
  return { process: child, logStart, outcome }
}

async function waitUntilReady(
  { outcome }: Attempt,
  databaseUrl: string,
  deadline: number,
  stopping: AbortSignal,
): Promise<'ready' | 'ended' | 'timeout'> {
  while (performance.now() < deadline && !stopping.aborted) {
    if (outcome.ended) return 'ended'
    if (await answers(databaseUrl)) return 'ready'
    await sleep(10)
  }
  return 'timeout'
}

async function answers(databaseUrl: string): Promise<boolean> {
  try {
    await query(databaseUrl, 'select 1')
    return true
  } catch (error) {
    // "Database does not exist": the cluster is new. If creating it fails, the next attempt comes here again.
    const missing = (error as { code?: string }).code === '3D000'
    if (missing) await query(databaseUrl, 'create database gatehouse', { database: 'postgres' }).catch(() => undefined)
    return false
  }
}

async function query(databaseUrl: string, statement: string, options: { database?: string } = {}): Promise<void> {
  const sql = openPostgres(databaseUrl, {
    ...options,
    max: 1,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => {},
  })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function end({ process: child, outcome }: Attempt, { placement, binaries }: Context): Promise<void> {
  if (!outcome.ended && child.pid !== undefined) await stopPostgres(child.pid, placement.cluster, binaries)
}

function lastLines(file: string, from: number): string {
  return fs.readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-15).join('\n')
}
