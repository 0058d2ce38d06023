import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import type { Attribute } from './read-assertion.ts'

export type Found = { value: string; source: string }
export type Outcome = { found: Found | null } | { reason: SignInFailureReason; actual: string }

/**
 * The one value of the first of these attributes that is there; empty values do not count. An attribute is known by
 * its Name, to the letter, and never by its FriendlyName, which anything may carry (Core 2.7.3.1).
 */
export function findAttribute(attributes: readonly Attribute[], names: readonly string[]): Outcome {
  for (const name of names) {
    const elements = attributes.filter((attribute) => attribute.name === name)
    const values = elements.flatMap((attribute) => attribute.values).filter((value) => value.trim() !== '')
    const [value] = values
    if (value === undefined) continue
    if (elements.length > 1 || values.length > 1)
      return { reason: 'ATTRIBUTE_AMBIGUOUS', actual: `${name}: ${values.join(', ')}` }
    return { found: { value, source: name } }
  }
  return { found: null }
}

/** What arrived instead, for the person who has to correct a name: `urn:oid:2.5.4.42 (givenName), mail`. */
export const namesOf = (attributes: readonly Attribute[]): string =>
  attributes
    .map(({ name, friendlyName }) =>
      friendlyName === null || friendlyName === name ? name : `${name} (${friendlyName})`,
    )
    .join(', ') || 'no attributes at all'
