import { describe, expect, test } from 'vitest'
import { attacks } from './catalogue.ts'
import { rows } from './rows.ts'
import { stories } from './stories.ts'

describe('the catalogue of attacks', () => {
  test('has a test for each row', () => {
    const covered = new Set<string>([...attacks, ...stories].map(({ row }) => row))
    expect(Object.keys(rows).filter((row) => !covered.has(row))).toEqual([])
  })

  test('names each attack once', () => {
    const names = [...attacks, ...stories].map(({ row, what }) => `${row} ${what}`)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
})
