import type { Asserted } from '../protocol/asserted.ts'
import type { IdentitySources } from '../protocol/identity.ts'
import type { Claims } from './read-claims.ts'

/** Of the token and not of the person. */
const technical = new Set('iss aud azp exp iat nbf jti nonce at_hash c_hash s_hash auth_time sid ver'.split(' '))

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Everything that the claims say about a person, for the rules that give roles and for the owner who maps them. */
export const assertedClaims = (claims: Claims, sources: IdentitySources): Asserted[] =>
  Object.entries(claims)
    .filter(([name, value]) => !technical.has(name) && value !== undefined)
    .map(([name, value]) => {
      const all: unknown[] = Array.isArray(value) ? value : [value]
      const usedFor = (['subject', 'email', 'name'] as const).filter((use) => sources[use].includes(name))
      return { name, friendlyName: null, values: all.map(textOf), usedFor }
    })
