import { expect, test } from 'vitest'
import { countSessions, describeMinutes } from './session-words.ts'

test.each([
  [1, '1 minute'],
  [90, '90 minutes'],
  [60, '1 hour'],
  [480, '8 hours'],
  [1440, '1 day'],
  [43_200, '30 days'],
])('%d minutes are %s', (minutes, words) => {
  expect(describeMinutes(minutes)).toBe(words)
})

test('sessions are counted', () => {
  expect([1, 2].map(countSessions)).toEqual(['one session', '2 sessions'])
})
