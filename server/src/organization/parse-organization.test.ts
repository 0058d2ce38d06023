import { describe, expect, test } from 'vitest'
import { AppError, FieldErrors } from '../core/errors.ts'
import { parseOrganizationName, parseSlug } from './parse-organization.ts'

function reasonFor(parse: (errors: FieldErrors) => void): string | null {
  const errors = new FieldErrors()
  parse(errors)
  try {
    errors.throwIfAny()
    return null
  } catch (error) {
    const details = error instanceof AppError ? error.details : null
    return details?.code === 'BAD_USER_INPUT' ? (details.fields[0]?.reason ?? null) : null
  }
}

describe('an address', () => {
  test.each(['acme', 'a1', 'acme-labs', 'a-b-c', 'x'.repeat(63)])('may be %s', (slug) => {
    expect(reasonFor((errors) => parseSlug(slug, 'input.slug', errors))).toBe(null)
  })

  test.each(['', 'a', 'Acme', '1acme', 'acme-', '-acme', 'ac--me', 'ac me', 'ácme', 'x'.repeat(64), 'acme/..'])(
    'may not be %j',
    (slug) => {
      expect(reasonFor((errors) => parseSlug(slug, 'input.slug', errors))).toBe('INVALID_SLUG')
    },
  )

  test.each(['setup', 'sso', 'graphql', 'sign-in', 'link-account'])('may not be the console’s own %s', (slug) => {
    expect(reasonFor((errors) => parseSlug(slug, 'input.slug', errors))).toBe('RESERVED')
  })
})

test('a name is trimmed and has 1 to 100 characters', () => {
  expect(parseOrganizationName('  Acme ', 'input.name', new FieldErrors())).toBe('Acme')
  expect(reasonFor((errors) => parseOrganizationName(' ', 'input.name', errors))).toBe('REQUIRED')
  expect(reasonFor((errors) => parseOrganizationName('x'.repeat(101), 'input.name', errors))).toBe('TOO_LONG')
})
