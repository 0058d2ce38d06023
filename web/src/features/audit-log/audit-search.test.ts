import { expect, test } from 'vitest'
import { auditVariables, exportUrl, readAuditSearch } from './audit-search.ts'

test('the last day counts whole, where the person is', () => {
  const { from, to } = auditVariables({ from: '2026-03-01', to: '2026-03-01' })
  expect(from).toBe(new Date('2026-03-01T00:00:00').toISOString())
  expect(to).toBe(new Date('2026-03-02T00:00:00').toISOString())
})

test.each(['yesterday', '2026-13-01', ''])('%j is no day', (from) => {
  expect(auditVariables({ from }).from).toBe(null)
})

test('of an address, what cannot be looked for is left out', () => {
  expect(readAuditSearch({ q: 'x'.repeat(300), type: "'", from: '2026-13-01', to: 'yesterday' })).toEqual({
    q: 'x'.repeat(200),
  })
  const search = { q: 'ada', type: 'membership.roleChanged', from: '2026-03-01', to: '2026-03-02' }
  expect(readAuditSearch({ ...search, after: 'cursor' })).toEqual(search)
})

test('a file holds what is looked for', () => {
  expect(exportUrl('acme', 'csv', {})).toBe('/organizations/acme/audit-events.csv')
  expect(exportUrl('acme', 'jsonl', { type: 'role', q: 'a&b' })).toBe(
    '/organizations/acme/audit-events.jsonl?type=role&query=a%26b',
  )
})
