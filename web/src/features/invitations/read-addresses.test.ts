import { expect, test } from 'vitest'
import { readAddresses } from './read-addresses.ts'

test('addresses are read however they are separated, each once', () => {
  expect(readAddresses('a@x.example\nb@x.example, c@x.example; d@x.example e@x.example')).toEqual([
    'a@x.example',
    'b@x.example',
    'c@x.example',
    'd@x.example',
    'e@x.example',
  ])
  expect(readAddresses('a@x.example, A@X.example')).toEqual(['a@x.example'])
  expect(readAddresses(' \n , ')).toEqual([])
})

test('names beside addresses are left out, and what is no address is kept to be named', () => {
  expect(readAddresses('Ada Lovelace <ada@x.example>, "Hopper, Grace" <grace@x.example>\nnobody')).toEqual([
    'ada@x.example',
    'grace@x.example',
    'nobody',
  ])
  expect(readAddresses('first@x.example Ada <ada@x.example>')).toEqual(['first@x.example', 'ada@x.example'])
})
