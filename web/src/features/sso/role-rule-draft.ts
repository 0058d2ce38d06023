import type { RoleMappingInput } from '../../graphql/generated/graphql.ts'

/** A rule while it is written. `id` is the page's own and keeps its fields when rules move. */
export type RuleDraft = { id: number; attribute: string; value: string; label: string; role: string }

let last = 0

/** The rule as a draft, or a new one, which begins with the attribute of the rule before it. */
export const draftOf = (rule: Partial<Omit<RuleDraft, 'id'>> = {}): RuleDraft => ({
  attribute: '',
  value: '',
  label: '',
  role: 'member',
  ...rule,
  id: ++last,
})

export const toInput = ({ attribute, value, label, role }: RuleDraft): RoleMappingInput => ({
  attribute,
  value,
  label: label.trim() === '' ? null : label,
  role,
})

/** The drafts with the one at `index` moved by one place; as they are where it cannot move. */
export function moved(drafts: readonly RuleDraft[], index: number, by: -1 | 1): RuleDraft[] {
  const next = [...drafts]
  const [one, other] = [next[index], next[index + by]]
  if (one === undefined || other === undefined) return next
  next[index] = other
  next[index + by] = one
  return next
}
