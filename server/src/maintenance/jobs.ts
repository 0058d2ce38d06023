import { seconds } from '../core/clock.ts'
import type { Log } from '../core/log.ts'

/**
 * Something that is done again and again, on every replica: each job sees to it that none does another's work.
 * Once `stopping` is aborted it finishes what it has begun, and begins nothing more.
 */
export type Job = { name: string; everyMilliseconds: number; run(stopping: AbortSignal): Promise<void> }

export type Jobs = {
  /** From now on by themselves, the first time soon. */
  start(): void
  /** All of them once. */
  runAll(): Promise<void>
  /** No more, and waits for what is running. */
  stop(): Promise<void>
}

const soon = seconds(5)

export function createJobs(jobs: readonly Job[], log: Log): Jobs {
  const timers = new Set<NodeJS.Timeout>()
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()

  const run = (job: Job): Promise<void> => {
    const already = running.get(job.name)
    if (already !== undefined) return already
    const work = job.run(stopping.signal).finally(() => running.delete(job.name))
    running.set(job.name, work)
    return work
  }
  const runBySelf = (job: Job): void => {
    run(job).catch((err: unknown) => log.error({ err, job: job.name }, 'a background job failed'))
  }
  const keep = (timer: NodeJS.Timeout): void => {
    timer.unref()
    timers.add(timer)
  }
  return {
    start() {
      for (const job of jobs) {
        keep(setTimeout(() => runBySelf(job), Math.min(soon, job.everyMilliseconds)))
        keep(setInterval(() => runBySelf(job), job.everyMilliseconds))
      }
    },
    async runAll() {
      for (const job of jobs) await run(job)
    },
    async stop() {
      stopping.abort()
      // Clears intervals too: in Node they are the same.
      for (const timer of timers) clearTimeout(timer)
      await Promise.allSettled(running.values())
    },
  }
}
