import type { RoleDefinition } from './permission.ts'

/** Whoever acts. A role is in none of these but the token's upper bound: it is read on each request. */
export type UserActor = {
  kind: 'user'
  userId: string
  email: string
  sessionId: string
  /**
   * The one organization that the session can enter: that of the connection it was made through, because an identity
   * provider vouches for people to its own organization and to no other. Null for a password: all of theirs.
   */
  onlyOrganizationId: string | null
  /** A recovery code opened the session: it repairs the single sign-on of `onlyOrganizationId` and does nothing else. */
  recovery: boolean
}

export type AccessTokenActor = {
  kind: 'accessToken'
  accessTokenId: string
  name: string
  organizationId: string
  role: RoleDefinition
  createdByUserId: string
}

/** Whoever has the link that sets up one connection: only the operations of that link make one of it. */
export type SetupLinkActor = { kind: 'setupLink'; setupLinkId: string; createdBy: string }

/** Nobody known. `reason` says why a credential that was sent did not count. */
export type AnonymousActor = { kind: 'anonymous'; reason?: string }

export type Actor = UserActor | AccessTokenActor | SetupLinkActor | AnonymousActor

/** How the actor stands in the audit log: text that stays readable when the person or token is gone. */
export function describeActor(actor: Actor): { actor: string; actorId: string | null } {
  switch (actor.kind) {
    case 'user':
      return { actor: actor.email, actorId: actor.userId }
    case 'accessToken':
      return { actor: `access token “${actor.name}”`, actorId: actor.accessTokenId }
    case 'setupLink':
      return { actor: `setup link of ${actor.createdBy}`, actorId: actor.setupLinkId }
    case 'anonymous':
      return { actor: 'nobody signed in', actorId: null }
    default:
      return actor satisfies never
  }
}
