import { describe, expect, it } from 'vitest'
import { dayOf, endOfDay } from './role-end.ts'

describe('the end of a role', () => {
  it('is the last second of the day that was chosen, and reads as that day', () => {
    const end = endOfDay('2027-02-28')
    expect(new Date(end ?? '').getSeconds()).toBe(59)
    expect(dayOf(end)).toBe('2027-02-28')
  })

  it('is none for an empty field, and the other way round', () => {
    expect(endOfDay('')).toBeNull()
    expect(dayOf(null)).toBe('')
  })
})
