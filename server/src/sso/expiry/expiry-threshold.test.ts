import { expect, test } from 'vitest'
import { days, plus, seconds } from '../../core/clock.ts'
import { dueThreshold } from './expiry-threshold.ts'

const notAfter = new Date('2026-06-01T00:00:00.000Z')

test.each([
  [days(60) + seconds(1), null],
  [days(60), 60],
  [days(31), 60],
  [days(30), 30],
  [days(7), 7],
  [days(2), 7],
  [days(1), 1],
  [seconds(1), 1],
  [0, null],
  [-days(1), null],
])('%i ms before the end the warning is %j', (before, threshold) => {
  expect(dueThreshold(notAfter, plus(notAfter, -before))).toBe(threshold)
})
