import { expect, test } from 'vitest'
import { mayDelete, wordsFor } from './sp-certificate-words.ts'

const signing = { id: '1', use: 'SIGNING', state: 'CURRENT' } as const
const nextSigning = { id: '2', use: 'SIGNING', state: 'NEXT' } as const
const encryption = { id: '3', use: 'ENCRYPTION', state: 'CURRENT' } as const
const formerEncryption = { id: '4', use: 'ENCRYPTION', state: 'PREVIOUS' } as const

test('every certificate says what it is for', () => {
  const titles = [signing, nextSigning, encryption, formerEncryption].map((each) => wordsFor(each, true).title)
  expect(titles).toEqual(['Signing', 'Signing, next', 'Encryption', 'Encryption, replaced'])
  expect(wordsFor(signing, false).text).toContain('Signs nothing')
})

test('the one that signs may go when another takes over, or nothing is signed', () => {
  expect(mayDelete(signing, [signing, encryption], true)).toBe(false)
  expect(mayDelete(signing, [signing, nextSigning], true)).toBe(true)
  expect(mayDelete(signing, [signing], false)).toBe(true)
})

test('the one that is encrypted for stays, the former one may go', () => {
  expect(mayDelete(encryption, [encryption, formerEncryption], false)).toBe(false)
  expect(mayDelete(formerEncryption, [encryption, formerEncryption], true)).toBe(true)
})
