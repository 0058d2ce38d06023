import { expect, test } from 'vitest'
import { whoChanged } from './who-changed.ts'

const at = '2026-11-24T10:00:00.000Z'

test('the change nearest to the moment tells who made it', () => {
  const events = [
    { at: '2026-11-24T10:00:01.500Z', type: 'ssoConnection.updated', actor: 'far@acme.example' },
    { at: '2026-11-24T10:00:00.010Z', type: 'ssoConnection.enabled', actor: 'near@acme.example' },
  ]
  expect(whoChanged(events, at)).toBe('near@acme.example')
})

test('other events and other moments tell nothing', () => {
  expect(whoChanged([{ at, type: 'membership.roleChanged', actor: 'x' }], at)).toBeNull()
  expect(whoChanged([{ at: '2026-11-24T09:00:00.000Z', type: 'ssoConnection.updated', actor: 'x' }], at)).toBeNull()
  expect(whoChanged([], at)).toBeNull()
})
