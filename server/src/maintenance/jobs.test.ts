import { once } from 'node:events'
import { expect, test } from 'vitest'
import { createLog } from '../core/log.ts'
import { createJobs, type Job } from './jobs.ts'

const log = createLog('silent')

/** Runs until it is told to stop, and notes that it came to its end. */
function patient(): { job: Job; runs: number; ended: number } {
  const noted = {
    runs: 0,
    ended: 0,
    job: {
      name: 'patient',
      everyMilliseconds: 1000,
      async run(stopping: AbortSignal) {
        noted.runs += 1
        if (!stopping.aborted) await once(stopping, 'abort')
        await Promise.resolve()
        noted.ended += 1
      },
    },
  }
  return noted
}

test('a job that is still running is not begun a second time', async () => {
  const noted = patient()
  const jobs = createJobs([noted.job], log)
  const both = [jobs.runAll(), jobs.runAll()]
  await jobs.stop()
  await Promise.all(both)
  expect(noted.runs).toBe(1)
})

test('a stop tells what is running, and waits until it has ended', async () => {
  const noted = patient()
  const jobs = createJobs([noted.job], log)
  void jobs.runAll()
  await jobs.stop()
  expect(noted.ended).toBe(1)
})

test('a job runs soon, by itself, and one that fails keeps no other from it', async () => {
  let ran = (): void => {}
  const done = new Promise<void>((resolve) => {
    ran = resolve
  })
  const jobs = createJobs(
    [
      { name: 'fails', everyMilliseconds: 1, run: () => Promise.reject(new Error('no')) },
      {
        name: 'works',
        everyMilliseconds: 5,
        run() {
          ran()
          return Promise.resolve()
        },
      },
    ],
    log,
  )
  // A timer of jobs holds up no exit; the test itself has to wait for it.
  const awake = setInterval(() => {}, 1000)
  jobs.start()
  await expect(done).resolves.toBeUndefined()
  clearInterval(awake)
  await jobs.stop()
})
