import { builtInRoles, findBuiltInRole, isPermission, permissions, type RoleDefinition } from '../access/permission.ts'
import { permissionWords } from '../access/permission-words.ts'
import type { FieldErrors } from '../core/errors.ts'

/** A name of 1 to 60 characters, trimmed, which is not that of a built-in role. */
export function parseRoleName(text: string, path: string, errors: FieldErrors): string {
  const name = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  if (name === '') errors.add(path, 'REQUIRED', 'Give the role a name that says who has it.')
  if (name.length > 60) errors.add(path, 'TOO_LONG', 'Use a name of at most 60 characters.')
  if (builtInRoles.some((role) => role.name.toLowerCase() === name.toLowerCase())) {
    errors.add(path, 'RESERVED', `${name} is a built-in role. Choose a different name.`)
  }
  return name
}

const form = /^[a-z](?:-?[a-z0-9])*$/

/** The key of a role, as it is given or made of its name: 2 to 40 of a–z, 0–9 and single hyphens. */
export function parseRoleKey(given: string | null, name: string, errors: FieldErrors): string {
  const key = given?.trim() ?? keyFromName(name)
  const path = given === null ? 'input.name' : 'input.key'
  if (findBuiltInRole(key) !== null) {
    errors.add(path, 'RESERVED', `${key} is the key of a built-in role. Choose a different one.`)
  } else if (!form.test(key) || key.length < 2 || key.length > 40) {
    errors.add(
      'input.key',
      'INVALID_KEY',
      'Give the role a key of 2 to 40 lower-case letters, digits and single hyphens, such as support-lead; begin with a letter.',
    )
  }
  return key
}

/** “Support (EMEA)” becomes support-emea; empty when nothing of the name can be used. */
const keyFromName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-$/, '')

/**
 * What a role shall allow, in the usual order, `organization:read` always included: known permissions that the actor
 * holds too, each with the one that it is of no use without.
 */
export function parsePermissions(given: readonly string[], own: RoleDefinition, errors: FieldErrors): string[] {
  const path = 'input.permissions'
  const chosen = new Set(['organization:read', ...given])
  for (const permission of chosen) {
    if (!isPermission(permission)) {
      errors.add(
        path,
        'UNKNOWN_PERMISSION',
        `There is no permission ${permission}. Choose of ${permissions.join(', ')}.`,
      )
      continue
    }
    const { requires } = permissionWords[permission]
    if (!own.permissions.includes(permission)) {
      const message = `Your own role does not include ${permission}, so you cannot put it into a role. Leave it out.`
      errors.add(path, 'PERMISSION_ABOVE_ACTOR', message)
    } else if (requires !== null && !chosen.has(requires)) {
      errors.add(path, 'NEEDS_PERMISSION', `${permission} is of no use without ${requires}: add that one too.`)
    }
  }
  return permissions.filter((permission) => chosen.has(permission))
}
