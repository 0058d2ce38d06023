import type { FieldErrors } from '../../core/errors.ts'
import type { RoleRule } from './match-role.ts'

/** A rule as it was given. */
export type RoleRuleInput = { attribute: string; value: string; label?: string | null; role: string }

const mostRules = 100
const longest = { attribute: 500, value: 256, label: 100 }

function parseText(text: string, path: string, what: string, most: number, errors: FieldErrors): string {
  const trimmed = text.trim()
  if (/\p{Cc}/u.test(trimmed)) errors.add(path, 'CONTROL_CHARACTER', `Take the control characters out of the ${what}.`)
  if (trimmed.length > most) errors.add(path, 'TOO_LONG', `Use at most ${most} characters for the ${what}.`)
  return trimmed
}

/**
 * The rules, trimmed; every mistake is named by its place, such as `input.mappings.2.value`. The roles are looked up
 * elsewhere, but for the one that no rule can give.
 */
export function parseRoleRules(given: readonly RoleRuleInput[], errors: FieldErrors): RoleRule[] {
  if (given.length > mostRules) {
    errors.add(
      'input.mappings',
      'TOO_MANY',
      `Use at most ${mostRules} rules. Groups can be put together at the identity provider.`,
    )
    return []
  }
  const places = new Map<string, number>()
  return given.map(({ attribute: name, value: said, label: called, role }, index) => {
    const at = `input.mappings.${index}`
    const attribute = parseText(name, `${at}.attribute`, 'name of the attribute', longest.attribute, errors)
    const value = parseText(said, `${at}.value`, 'value', longest.value, errors)
    const label = parseText(called ?? '', `${at}.label`, 'label', longest.label, errors)
    if (attribute === '') {
      errors.add(`${at}.attribute`, 'REQUIRED', 'Name the attribute or claim, exactly as it arrives, such as groups.')
    }
    if (value === '') errors.add(`${at}.value`, 'REQUIRED', 'Enter the value that gives the role.')
    if (role === 'owner') {
      const message = 'No rule makes owners: they are made by hand, one by one. Choose another role.'
      errors.add(`${at}.role`, 'NOT_ALLOWED', message)
    }
    const same = JSON.stringify([attribute, value.toLowerCase()])
    const before = places.get(same)
    if (before !== undefined && value !== '') {
      const message = `Rule ${before + 1} is about this value already, so this one would never count. Remove one of them.`
      errors.add(`${at}.value`, 'DUPLICATE', message)
    }
    places.set(same, before ?? index)
    return { attribute, value, label: label === '' ? null : label, role }
  })
}
