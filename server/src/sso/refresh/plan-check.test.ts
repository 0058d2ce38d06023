import { describe, expect, test } from 'vitest'
import { days, hours, minutes, plus } from '../../core/clock.ts'
import { nextCheck, nextTry } from './plan-check.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const after = (at: Date): number => at.getTime() - now.getTime()
const latest = () => 0
const earliest = () => 1
const nothingSaid = { validUntil: null, cacheMilliseconds: null }

describe('metadata that could be read is read again', () => {
  test('after a day, less a tenth at most', () => {
    expect(after(nextCheck(now, nothingSaid, latest))).toBe(days(1))
    expect(after(nextCheck(now, nothingSaid, earliest))).toBe(0.9 * days(1))
  })

  test('when it says how long it may be kept, by then', () => {
    expect(after(nextCheck(now, { ...nothingSaid, cacheMilliseconds: hours(6) }, latest))).toBe(hours(6))
    expect(after(nextCheck(now, { ...nothingSaid, cacheMilliseconds: days(30) }, latest))).toBe(days(1))
  })

  test('well before its validity ends', () => {
    expect(after(nextCheck(now, { ...nothingSaid, validUntil: plus(now, hours(10)) }, latest))).toBe(hours(5))
    expect(after(nextCheck(now, { ...nothingSaid, validUntil: plus(now, days(30)) }, latest))).toBe(days(1))
  })

  test('at most once an hour, whatever it asks for', () => {
    expect(after(nextCheck(now, { ...nothingSaid, cacheMilliseconds: 1000 }, earliest))).toBe(hours(1))
    expect(after(nextCheck(now, { ...nothingSaid, validUntil: plus(now, 1000) }, earliest))).toBe(hours(1))
  })
})

test('after failures it is tried sooner, then less and less often, once a day in the end', () => {
  const waits = [1, 2, 3, 8, 100].map((failures) => after(nextTry(now, failures, latest)))
  expect(waits).toEqual([minutes(15), minutes(30), hours(1), days(1), days(1)])
  expect(after(nextTry(now, 1, earliest))).toBe(0.9 * minutes(15))
})
