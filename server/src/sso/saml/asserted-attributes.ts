import { shorten } from '../protocol/sign-in-check.ts'
import type { SignedClaims } from './read-assertion.ts'

/** As the attribute mapping calls it. An attribute that has this very name cannot be mapped. */
export const nameIdSource = 'NameID'

type Use = 'subject' | 'email' | 'name'

type Asserted = {
  name: string
  /** Of the NameID: its Format. */
  friendlyName: string | null
  values: string[]
  usedFor: Use[]
}

const mostValues = 200
const mostNames = 200
/** As long as a mapping may be. */
const longestName = 500

/**
 * Everything that a signed assertion says about a person, for the owner who maps it: the NameID first, then the
 * attributes as they came. Cut to what a record may hold: 200 names, 200 values in all, 300 characters each.
 */
export function assertedAttributes({ nameId, attributes }: SignedClaims, sources: Record<Use, string[]>): Asserted[] {
  let room = mostValues
  const usedFor = (name: string) => (['subject', 'email', 'name'] as const).filter((use) => sources[use].includes(name))
  const cut = (values: readonly string[]): string[] => {
    const kept = values.slice(0, room).map((value) => shorten(value))
    room -= kept.length
    return kept
  }
  const first = nameId === null ? [] : [{ name: nameIdSource, friendlyName: nameId.format, values: [nameId.value] }]
  return [...first, ...attributes].slice(0, mostNames).map(({ name, friendlyName, values }, index) => ({
    name: shorten(name, longestName),
    friendlyName: friendlyName === null ? null : shorten(friendlyName),
    values: cut(values),
    usedFor: name === nameIdSource && index > 0 ? [] : usedFor(name),
  }))
}
