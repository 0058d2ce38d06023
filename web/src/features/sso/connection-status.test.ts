import { expect, test } from 'vitest'
import { connectionStatus, missingSettings } from './connection-status.ts'

const verifiedAt = '2026-11-24T09:00:00.000Z'

test.each([
  [{ enabled: false, complete: true, verifiedAt }, { kind: 'disabled' }],
  [{ enabled: false, complete: false, verifiedAt: null }, { kind: 'disabled' }],
  [{ enabled: true, complete: false, verifiedAt: null }, { kind: 'incomplete' }],
  [{ enabled: true, complete: true, verifiedAt: null }, { kind: 'untested' }],
  [
    { enabled: true, complete: true, verifiedAt },
    { kind: 'verified', at: verifiedAt },
  ],
] as const)('%j is %j', (connection, status) => {
  expect(connectionStatus(connection)).toEqual(status)
})

test('what is missing is named as in the form', () => {
  expect(missingSettings({ idpSsoUrl: null, idpCertificates: [] })).toEqual(['Single Sign-On URL', 'Certificate'])
  expect(missingSettings({ idpSsoUrl: 'https://idp.example/sso', idpCertificates: ['one'] })).toEqual([])
})
