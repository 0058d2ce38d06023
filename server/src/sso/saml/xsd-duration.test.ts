import { expect, test } from 'vitest'
import { parseXsdDuration } from './xsd-duration.ts'

const hour = 60 * 60 * 1000

test.each([
  ['PT6H', 6 * hour],
  ['P1D', 24 * hour],
  ['P1DT12H30M5S', 36 * hour + 30 * 60_000 + 5000],
  ['PT604800S', 7 * 24 * hour],
  ['PT0.5S', 0],
  ['P1M', 28 * 24 * hour],
  ['P1Y', 365 * 24 * hour],
  [' PT1H ', hour],
])('%s is a duration', (text, milliseconds) => expect(parseXsdDuration(text)).toBe(milliseconds))

test.each(['', 'P', 'PT', 'P1H', 'T1H', '-PT1H', 'PT1.S', '6 hours', 'P1DT', 'PT1H junk', 'PT99999999999999H'])(
  '%j is none',
  (text) => expect(parseXsdDuration(text)).toBeNull(),
)
