import type { RoleDefinition } from './permission.ts'

/** What the actor may do in one organization now. */
export type Grant = {
  organizationId: string
  role: RoleDefinition
  /** The actor's own membership; null for an access token. */
  membershipId: string | null
  /** When the actor's role, or that of a token's maker, ends; null: never. */
  roleExpiresAt: Date | null
}
