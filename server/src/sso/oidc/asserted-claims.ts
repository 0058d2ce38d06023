import type { IdentitySources } from '../protocol/identity.ts'
import { shorten } from '../protocol/sign-in-check.ts'
import type { Claims } from './read-claims.ts'

type Use = keyof IdentitySources

type Asserted = { name: string; friendlyName: string | null; values: string[]; usedFor: Use[] }

/** Of the token and not of the person. */
const technical = new Set('iss aud azp exp iat nbf jti nonce at_hash c_hash s_hash auth_time sid ver'.split(' '))

const mostNames = 200
const mostValues = 200

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Everything that the claims say about a person, for the owner who maps them: cut as assertedAttributes() cuts. */
export function assertedClaims(claims: Claims, sources: IdentitySources): Asserted[] {
  let room = mostValues
  return Object.entries(claims)
    .filter(([name, value]) => !technical.has(name) && value !== undefined)
    .slice(0, mostNames)
    .map(([name, value]) => {
      const all: unknown[] = Array.isArray(value) ? value : [value]
      const values = all.slice(0, room).map((each) => shorten(textOf(each)))
      room -= values.length
      const usedFor = (['subject', 'email', 'name'] as const).filter((use) => sources[use].includes(name))
      return { name: shorten(name, 500), friendlyName: null, values, usedFor }
    })
}
