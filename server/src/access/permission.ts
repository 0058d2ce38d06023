/** Every permission there is. `noun:verb`; what each allows is said in docs/authorization.md. */
export const permissions = [
  'organization:read',
  'member:read',
  'member:invite',
  'member:changeRole',
  'member:suspend',
  'member:remove',
  'sso:read',
  'sso:manage',
  'accessToken:read',
  'accessToken:manage',
  'auditEvent:read',
  'role:manage',
] as const
export type Permission = (typeof permissions)[number]

export type BuiltInRoleKey = 'owner' | 'admin' | 'member'

export type RoleDefinition = {
  /** What memberships and tokens name it by: one of the built-in keys, or a key that is unique in its organization. */
  key: string
  /** Global id: built-in roles are the same in every organization. */
  id: string
  name: string
  builtIn: boolean
  permissions: readonly Permission[]
  /** Raised by one at every change; null for a built-in role, which has none. */
  revision: number | null
}

const builtIn = (key: BuiltInRoleKey, name: string, held: readonly Permission[]): RoleDefinition => ({
  key,
  id: `rol_${key}`,
  name,
  builtIn: true,
  permissions: held,
  revision: null,
})

/** The built-in roles, highest first: the one table of who may do what. Custom roles are rows of the database. */
export const builtInRoles: readonly RoleDefinition[] = [
  builtIn('owner', 'Organization Owner', permissions),
  builtIn(
    'admin',
    'Organization Admin',
    permissions.filter((permission) => permission !== 'sso:manage' && permission !== 'role:manage'),
  ),
  builtIn('member', 'Organization Member', ['organization:read', 'member:read']),
]

/** The built-in role of this key, or null. */
export const findBuiltInRole = (key: string): RoleDefinition | null =>
  builtInRoles.find((role) => role.key === key) ?? null

export function builtInRole(key: BuiltInRoleKey): RoleDefinition {
  const role = findBuiltInRole(key)
  if (role === null) throw new Error(`unknown built-in role ${key}`)
  return role
}

export const isPermission = (text: string): text is Permission => permissions.some((known) => known === text)

/**
 * True when everything `lower` may do, `upper` may do too: nobody gives or takes more than they hold. What owners alone
 * may do is no permission, so a custom role with every permission there is does not cover the owner's.
 */
export const covers = (upper: RoleDefinition, lower: RoleDefinition): boolean =>
  (lower.key !== 'owner' || upper.key === 'owner') &&
  lower.permissions.every((permission) => upper.permissions.includes(permission))

/** What both roles allow: a token's role, held to its creator's. It keeps the token's name where neither covers the other. */
export function lowerOf(creator: RoleDefinition, token: RoleDefinition): RoleDefinition {
  if (covers(creator, token)) return token
  if (covers(token, creator)) return creator
  return { ...token, permissions: token.permissions.filter((permission) => creator.permissions.includes(permission)) }
}
