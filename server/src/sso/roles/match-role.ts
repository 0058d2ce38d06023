import type { RoleVerdict, Unseen } from '../../membership/role-by-rules.ts'
import type { Asserted } from '../protocol/asserted.ts'

/** Who has this value under this name gets the role. */
export type RoleRule = { attribute: string; value: string; label: string | null; role: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Exact, letter case too; but for ids in the form of Entra's, whose case means nothing (RFC 9562, section 4). */
const sameValue = (one: string, other: string): boolean =>
  one === other || (uuid.test(one) && one.toLowerCase() === other.toLowerCase())

/** What Entra sends in a SAML assertion instead of more than 150 groups. */
const groupsLink = 'http://schemas.microsoft.com/claims/groups.link'

/** True when the identity provider says that there are too many values to send (OpenID Connect Core 5.6.2; Entra). */
function isOverflow(attribute: string, attributes: readonly Asserted[]): boolean {
  const firstOf = (name: string) => attributes.find((each) => each.name === name)?.values[0]
  const elsewhere = firstOf('_claim_names')
  if (elsewhere !== undefined && namesIn(elsewhere).includes(attribute)) return true
  const aboutGroups = /groups?$/i.test(attribute)
  return aboutGroups && (firstOf(groupsLink) !== undefined || firstOf('hasgroups') === 'true')
}

function namesIn(json: string): string[] {
  try {
    const names: unknown = JSON.parse(json)
    return typeof names === 'object' && names !== null ? Object.keys(names) : []
  } catch {
    return []
  }
}

const overflow =
  'was left out by the identity provider, because there are too many values. In Entra, choose “Groups assigned to the application” for the group claim, or use app roles'

/** Whether the attribute has the value; or why that cannot be known. An attribute that comes empty has it not. */
function look({ attribute, value }: RoleRule, attributes: readonly Asserted[]): boolean | Unseen {
  const named = attributes.filter(({ name }) => name === attribute)
  if (named.some(({ values }) => values.some((each) => sameValue(each.trim(), value)))) return true
  if (isOverflow(attribute, attributes)) return { attribute, why: overflow }
  if (named.length === 0) return { attribute, why: 'did not come' }
  const cut = named.some(({ omitted = 0 }) => omitted > 0)
  return cut ? { attribute, why: 'has more values than the record of the attempt holds' } : false
}

/** The rule in words, such as `rule 2 (groups is Admins)`; positions count from 1. */
export const ruleInWords = ({ attribute, value, label }: RoleRule, position: number): string =>
  `rule ${position + 1} (${attribute} is ${label ?? value})`

/**
 * Looks at the rules in their order: the first that applies gives its role.
 * @param attributes all of them, uncut; or a record, which says what it leaves out
 */
export function matchRole(rules: readonly RoleRule[], attributes: readonly Asserted[]): RoleVerdict<string> {
  const unseen: Unseen[] = []
  for (const [position, rule] of rules.entries()) {
    const seen = look(rule, attributes)
    if (seen === true) return { kind: 'APPLIES', role: rule.role, rule: ruleInWords(rule, position), unseen }
    if (seen !== false && !unseen.some(({ attribute }) => attribute === seen.attribute)) unseen.push(seen)
  }
  return unseen.length === 0 ? { kind: 'NONE_APPLIES' } : { kind: 'UNKNOWN', unseen }
}
