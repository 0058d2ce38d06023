import type { Clock } from '../../server/src/core/clock.ts'

/** A clock that stands still until it is told to go on. */
export type TestClock = Clock & { advance(milliseconds: number): void }

/** Starts at the second in which the test runs, so that certificates made now are valid in it. */
export function createTestClock(): TestClock {
  let now = Math.floor(Date.now() / 1000) * 1000
  return {
    now: () => new Date(now),
    advance(milliseconds) {
      now += milliseconds
    },
  }
}
