import { expect, test } from 'vitest'
import { certificateTextOf, joinCertificates } from './certificate-text.ts'

const der = Uint8Array.from([0x30, 0x82, 0x01, 0x00, ...Array.from({ length: 256 }, (_, index) => index)])

test('a binary certificate becomes PEM with the same bytes', () => {
  const lines = certificateTextOf(der).split('\n')
  expect(lines[0]).toBe('-----BEGIN CERTIFICATE-----')
  expect(lines.at(-1)).toBe('-----END CERTIFICATE-----')
  expect(lines.slice(1, -1).every((line) => line.length <= 64)).toBe(true)
  const bytes = Uint8Array.from(atob(lines.slice(1, -1).join('')), (character) => character.charCodeAt(0))
  expect(bytes).toEqual(der)
})

test('a text file stays as it is, without what surrounds it', () => {
  const pem = '-----BEGIN CERTIFICATE-----\r\nMIIB\r\n-----END CERTIFICATE-----'
  expect(certificateTextOf(new TextEncoder().encode(`\uFEFF${pem}\r\n`))).toBe(pem)
})

test('a text that Windows saved as UTF-16 is read', () => {
  const text = 'MIIB'
  const utf16 = Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((character) => [character.charCodeAt(0), 0])])
  expect(certificateTextOf(utf16)).toBe(text)
})

test('text that begins with the digit 0 is not taken for a binary certificate', () => {
  expect(certificateTextOf(new TextEncoder().encode('0abc'))).toBe('0abc')
})

test('several certificates stand below each other', () => {
  expect(joinCertificates(['one\n', ' two '])).toBe('one\ntwo')
})
