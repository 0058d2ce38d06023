import type { Asserted } from '../protocol/asserted.ts'
import type { IdentitySources } from '../protocol/identity.ts'
import type { SignedClaims } from './read-assertion.ts'

/** As the attribute mapping calls it. An attribute that has this very name cannot be mapped. */
export const nameIdSource = 'NameID'

/**
 * Everything that a signed assertion says about a person, for the rules that give roles and for the owner who maps it:
 * the NameID first, then the attributes as they came.
 */
export function assertedAttributes({ nameId, attributes }: SignedClaims, sources: IdentitySources): Asserted[] {
  const usedFor = (name: string) => (['subject', 'email', 'name'] as const).filter((use) => sources[use].includes(name))
  const first = nameId === null ? [] : [{ name: nameIdSource, friendlyName: nameId.format, values: [nameId.value] }]
  return [...first, ...attributes].map(({ name, friendlyName, values }, index) => ({
    name,
    friendlyName,
    values: [...values],
    usedFor: name === nameIdSource && index > 0 ? [] : usedFor(name),
  }))
}
