import { expect, test } from 'vitest'
import { createTokenSecret, isTokenSecret } from './token-secret.ts'

test('a secret has a prefix that scanners find, and 256 random bits', () => {
  const secret = createTokenSecret()
  expect(secret).toMatch(/^gatehouse_[\w-]{49}$/)
  expect(isTokenSecret(secret)).toBe(true)
  expect(createTokenSecret()).not.toBe(secret)
})

test('one wrong character is noticed wherever it stands', () => {
  const secret = createTokenSecret()
  for (let at = 0; at < secret.length; at++) {
    const wrong = secret[at] === 'x' ? 'y' : 'x'
    expect(isTokenSecret(secret.slice(0, at) + wrong + secret.slice(at + 1))).toBe(false)
  }
})

test.each(['', 'gatehouse_', 'x'.repeat(59), `${createTokenSecret()}x`, ` ${createTokenSecret()}`])(
  '%j is none',
  (text) => {
    expect(isTokenSecret(text)).toBe(false)
  },
)
