import { builtInRole, covers, type Permission, type RoleDefinition } from '../access/permission.ts'
import { type AppError, conflict, forbidden } from '../core/errors.ts'

/** Who acts: their role now and when it ends, and their own membership; null for an access token. */
export type Manager = { role: RoleDefinition; roleExpiresAt: Date | null; membershipId: string | null }

/** The membership they act on. */
export type Managed = { id: string; role: RoleDefinition; roleExpiresAt: Date | null; suspended: boolean }

/** Why a change is not to be. The same answer refuses the operation and explains the view. */
export type Refusal =
  | 'LACKS_PERMISSION'
  | 'MEMBER_ABOVE_ACTOR'
  | 'ROLE_ABOVE_ACTOR'
  | 'ROLE_OUTLASTS_ACTOR'
  | 'LAST_OWNER'
  | 'SUSPENDS_THEMSELF'
  | 'REMOVES_THEMSELF'

const sentences: Record<Refusal, string> = {
  LACKS_PERMISSION: 'Your role does not include managing members. Ask an organization owner.',
  MEMBER_ABOVE_ACTOR: 'This member’s role is above yours. Ask an organization owner.',
  ROLE_ABOVE_ACTOR: 'You cannot give a role above your own. Ask an organization owner.',
  ROLE_OUTLASTS_ACTOR:
    'Your own role ends at a time, so you can give roles until then at most. Give this one an end, or ask an organization owner.',
  LAST_OWNER: 'This is the only active owner of the organization. Make somebody else an owner first.',
  SUSPENDS_THEMSELF: 'You cannot suspend yourself. Ask another owner or admin, or leave the organization.',
  REMOVES_THEMSELF: 'You cannot remove yourself. Leave the organization instead.',
}

/** The refusal as the error that an operation throws. */
export const refusalError = (refusal: Refusal, permission: Permission): AppError =>
  refusal === 'LAST_OWNER' ? conflict('LAST_OWNER', sentences[refusal]) : forbidden(permission, sentences[refusal])

/** Nobody acts on a member whose role allows more than their own. */
function refuseManaging(permission: Permission, manager: Manager, managed: Managed): Refusal | null {
  if (!manager.role.permissions.includes(permission)) return 'LACKS_PERMISSION'
  return covers(manager.role, managed.role) ? null : 'MEMBER_ABOVE_ACTOR'
}

/** An organization always keeps an owner who can come in, and whose role does not end. */
const isLastOwner = ({ role, roleExpiresAt, suspended }: Managed, permanentOwners: number): boolean =>
  role.key === 'owner' && roleExpiresAt === null && !suspended && permanentOwners <= 1

/** True when `one` ends after `other`; null: never. */
const outlasts = (one: Date | null, other: Date | null): boolean => other !== null && (one === null || one > other)

/** Whoever holds a role until some time gives nothing for longer than that, themself included. */
function outlastsManager(manager: Manager, managed: Managed, to: RoleDefinition, until: Date | null): boolean {
  if (!outlasts(until, manager.roleExpiresAt) || covers(builtInRole('member'), to)) return false
  const addsNothing = covers(managed.role, to) && !outlasts(until, managed.roleExpiresAt)
  return !addsNothing
}

/**
 * Why the manager may not give the role `to`, to end at `until` (null: never); null when they may, also to themself
 * when it is a lower one.
 */
export function refuseRoleChange(
  manager: Manager,
  managed: Managed,
  to: RoleDefinition,
  permanentOwners: number,
  until: Date | null = null,
): Refusal | null {
  const refusal = refuseManaging('member:changeRole', manager, managed)
  if (refusal !== null) return refusal
  if (!covers(manager.role, to)) return 'ROLE_ABOVE_ACTOR'
  if ((to.key !== 'owner' || until !== null) && isLastOwner(managed, permanentOwners)) return 'LAST_OWNER'
  return outlastsManager(manager, managed, to, until) ? 'ROLE_OUTLASTS_ACTOR' : null
}

/** Why the manager may not suspend the member, or let them in again. */
export function refuseSuspension(
  manager: Manager,
  managed: Managed,
  suspend: boolean,
  permanentOwners: number,
): Refusal | null {
  const refusal = refuseManaging('member:suspend', manager, managed)
  if (refusal !== null || !suspend) return refusal
  if (isLastOwner(managed, permanentOwners)) return 'LAST_OWNER'
  return managed.id === manager.membershipId ? 'SUSPENDS_THEMSELF' : null
}

/** Why the manager may not end the member's sessions. */
export const refuseEndingSessions = (manager: Manager, managed: Managed): Refusal | null =>
  refuseManaging('member:suspend', manager, managed)

/** Why the manager may not remove the member. Themself they do not remove: they leave. */
export function refuseRemoval(manager: Manager, managed: Managed, permanentOwners: number): Refusal | null {
  const refusal = refuseManaging('member:remove', manager, managed)
  if (refusal !== null) return refusal
  if (isLastOwner(managed, permanentOwners)) return 'LAST_OWNER'
  return managed.id === manager.membershipId ? 'REMOVES_THEMSELF' : null
}

/** Why a person may not leave: any member may, but the last owner. */
export const refuseLeaving = (own: Managed, permanentOwners: number): Refusal | null =>
  isLastOwner(own, permanentOwners) ? 'LAST_OWNER' : null

/** What the manager may do with the membership now, for the user interface to show. */
export type MembershipRights = {
  canSuspend: boolean
  canRemove: boolean
  canEndSessions: boolean
  assignableRoles: RoleDefinition[]
  restriction: string | null
}

/**
 * The rules above, asked all at once. Leaving counts as removing one's own membership, but manages nothing.
 * @param roles those of the organization
 */
export function rightsOver(
  manager: Manager,
  managed: Managed,
  permanentOwners: number,
  roles: readonly RoleDefinition[],
): MembershipRights {
  const until = manager.roleExpiresAt
  const assignableRoles = roles.filter((to) => refuseRoleChange(manager, managed, to, permanentOwners, until) === null)
  const canSuspend = refuseSuspension(manager, managed, !managed.suspended, permanentOwners) === null
  const removal = refuseRemoval(manager, managed, permanentOwners)
  const isOwn = managed.id === manager.membershipId
  const managesNothing = !canSuspend && assignableRoles.every((role) => role.key === managed.role.key)
  return {
    canSuspend,
    canEndSessions: refuseEndingSessions(manager, managed) === null,
    canRemove: (isOwn ? refuseLeaving(managed, permanentOwners) : removal) === null,
    assignableRoles,
    restriction: managesNothing && removal !== null ? sentences[removal] : null,
  }
}
