import { expect, test } from 'vitest'
import { peekInResponseTo } from './peek-in-response-to.ts'

const peek = (xml: string) => peekInResponseTo(Buffer.from(xml).toString('base64'))

test.each([
  ['<samlp:Response ID="a" InResponseTo="_test_1" Version="2.0">', '_test_1'],
  [`<?xml version="1.0"?>\n<Response InResponseTo='_b'/>`, '_b'],
  ['<samlp:Response ID="a"><x InResponseTo="_inner"/>', null],
  ['<samlp:Response InResponseTo="no id & more">', null],
  ['no document', null],
  ['', null],
])('peekInResponseTo(%s) is %s', (xml, expected) => {
  expect(peek(xml)).toBe(expected)
})

test('peekInResponseTo of what is no Base64 is null', () => {
  expect(peekInResponseTo('%%%')).toBeNull()
})
