import { shorten } from './sign-in-check.ts'

/** What the identity provider said under one name, all of it, and what we took from it. */
export type Asserted = {
  name: string
  /** For people, and decides nothing. */
  friendlyName: string | null
  values: string[]
  usedFor: ('subject' | 'email' | 'name')[]
  /** So many more values came than are kept here; absent: none. */
  omitted?: number
}

const mostValues = 200
const mostNames = 200
/** As long as a mapping may be. */
const longestName = 500

/** Cut to what a record may hold: 200 names, 200 values in all, 300 characters each. It says how many it leaves out. */
export function forRecord(attributes: readonly Asserted[]): Asserted[] {
  let room = mostValues
  return attributes.slice(0, mostNames).map(({ name, friendlyName, values, usedFor, omitted = 0 }) => {
    const kept = values.slice(0, room).map((value) => shorten(value))
    room -= kept.length
    const missing = omitted + values.length - kept.length
    return {
      name: shorten(name, longestName),
      friendlyName: friendlyName === null ? null : shorten(friendlyName),
      values: kept,
      usedFor,
      ...(missing === 0 ? {} : { omitted: missing }),
    }
  })
}
