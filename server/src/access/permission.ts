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
] as const
export type Permission = (typeof permissions)[number]

export type RoleKey = 'owner' | 'admin' | 'member'

export type RoleDefinition = {
  key: RoleKey
  /** Global id: built-in roles are the same in every organization. */
  id: string
  name: string
  builtIn: boolean
  permissions: readonly Permission[]
}

/** The built-in roles, highest first: the one table of who may do what. */
export const roles: readonly RoleDefinition[] = [
  { key: 'owner', id: 'rol_owner', name: 'Organization Owner', builtIn: true, permissions },
  {
    key: 'admin',
    id: 'rol_admin',
    name: 'Organization Admin',
    builtIn: true,
    permissions: permissions.filter((permission) => permission !== 'sso:manage'),
  },
  {
    key: 'member',
    id: 'rol_member',
    name: 'Organization Member',
    builtIn: true,
    permissions: ['organization:read', 'member:read'],
  },
]

export const isRoleKey = (key: string): key is RoleKey => roles.some((role) => role.key === key)

/** The definition of a role key that the database holds; its check constraint admits no other. */
export function roleOf(key: string): RoleDefinition {
  const role = roles.find((known) => known.key === key)
  if (role === undefined) throw new Error(`unknown role key ${key}`)
  return role
}

/** True when everything `lower` may do, `upper` may do too: nobody gives or takes more than they hold. */
export const covers = (upper: RoleDefinition, lower: RoleDefinition): boolean =>
  lower.permissions.every((permission) => upper.permissions.includes(permission))

/** The role that allows what both allow: a token's role, held to its creator's. */
export const lowerOf = (a: RoleDefinition, b: RoleDefinition): RoleDefinition => (covers(a, b) ? b : a)
