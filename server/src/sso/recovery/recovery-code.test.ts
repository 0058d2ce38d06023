import { expect, test } from 'vitest'
import { createRecoveryCode, normalizeRecoveryCode } from './recovery-code.ts'

test('a code has four groups of five, and no two are alike', () => {
  const codes = Array.from({ length: 1000 }, createRecoveryCode)
  expect(new Set(codes).size).toBe(1000)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/)
})

test.each([
  ['01234-56789-ABCDE-FGHJK', '0123456789abcdefghjk'],
  [' 01234 56789 abcde fghjk ', '0123456789abcdefghjk'],
  ['oI234-56789-ABCDE-FGHJK', '0123456789abcdefghjk'],
  ['01234-56789-ABCDE-FGHJ', null],
  ['01234-56789-ABCDE-FGHJKK', null],
  ['01234-56789-ABCDE-FGHJU', null],
  ['', null],
])('%j is read as %j', (typed, read) => {
  expect(normalizeRecoveryCode(typed)).toBe(read)
})
