import type { AccessTokenActor, UserActor } from './actor.ts'
import type { Permission, RoleDefinition } from './permission.ts'

/** What an organization's enforcement asks about, or null when it does not enforce single sign-on. */
export type Enforced = { confirmed: boolean; byCredentialId: string | null } | null

/**
 * How far a credential of an active member comes in: with their role, to the settings of single sign-on alone, or not
 * at all. `IF_KNOWN`: an access token whose maker an enabled connection of the organization knows.
 */
export type Admission = 'ROLE' | 'REPAIR' | 'IF_KNOWN' | 'SSO_REQUIRED'

/** The truth table of enforcement. Whether the actor is a member, and may enter this organization at all, comes before. */
export function admissionOf(actor: UserActor | AccessTokenActor, enforced: Enforced): Admission {
  if (actor.kind === 'user' && actor.recovery) return 'REPAIR'
  if (enforced === null) return 'ROLE'
  // A session that can enter this organization alone was made through one of its own connections.
  if (actor.kind === 'user' && actor.onlyOrganizationId !== null) return 'ROLE'
  const credentialId = actor.kind === 'user' ? actor.sessionId : actor.accessTokenId
  // Whoever switched it on can switch it off while nobody has shown that the new way in works.
  if (!enforced.confirmed && enforced.byCredentialId === credentialId) return 'REPAIR'
  return actor.kind === 'user' ? 'SSO_REQUIRED' : 'IF_KNOWN'
}

const repairPermissions: readonly Permission[] = ['organization:read', 'sso:read', 'sso:manage']

/** The role, held to what repairs single sign-on. */
export const toRepair = (role: RoleDefinition): RoleDefinition => ({
  ...role,
  permissions: role.permissions.filter((permission) => repairPermissions.includes(permission)),
})
