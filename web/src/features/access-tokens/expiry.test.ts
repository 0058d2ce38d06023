import { expect, test } from 'vitest'
import { expiryOf } from './expiry.ts'

const now = new Date('2026-11-24T12:00:00.000Z')

test('a lifetime in days becomes a moment, and never becomes none', () => {
  expect(expiryOf('30', now)).toBe('2026-12-24T12:00:00.000Z')
  expect(expiryOf('never', now)).toBe(null)
})
