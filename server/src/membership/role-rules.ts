import { covers, type Permission, type RoleDefinition, roles } from '../access/permission.ts'
import { type AppError, conflict, forbidden } from '../core/errors.ts'

/** Who acts: their role now, and their own membership; null for an access token. */
export type Manager = { role: RoleDefinition; membershipId: string | null }

/** The membership they act on. */
export type Managed = { id: string; role: RoleDefinition; suspended: boolean }

/** Why a change is not to be. The same answer refuses the operation and explains the view. */
export type Refusal =
  | 'LACKS_PERMISSION'
  | 'MEMBER_ABOVE_ACTOR'
  | 'ROLE_ABOVE_ACTOR'
  | 'LAST_OWNER'
  | 'SUSPENDS_THEMSELF'
  | 'REMOVES_THEMSELF'

const sentences: Record<Refusal, string> = {
  LACKS_PERMISSION: 'Your role does not include managing members. Ask an organization owner.',
  MEMBER_ABOVE_ACTOR: 'This member’s role is above yours. Ask an organization owner.',
  ROLE_ABOVE_ACTOR: 'You cannot give a role above your own. Ask an organization owner.',
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

/** An organization always keeps an owner who can come in. */
const isLastOwner = ({ role, suspended }: Managed, activeOwners: number): boolean =>
  role.key === 'owner' && !suspended && activeOwners <= 1

/** Why the manager may not give the role `to`; null when they may, also to themself when it is a lower one. */
export function refuseRoleChange(
  manager: Manager,
  managed: Managed,
  to: RoleDefinition,
  activeOwners: number,
): Refusal | null {
  const refusal = refuseManaging('member:changeRole', manager, managed)
  if (refusal !== null) return refusal
  if (!covers(manager.role, to)) return 'ROLE_ABOVE_ACTOR'
  return to.key !== 'owner' && isLastOwner(managed, activeOwners) ? 'LAST_OWNER' : null
}

/** Why the manager may not suspend the member, or let them in again. */
export function refuseSuspension(
  manager: Manager,
  managed: Managed,
  suspend: boolean,
  activeOwners: number,
): Refusal | null {
  const refusal = refuseManaging('member:suspend', manager, managed)
  if (refusal !== null || !suspend) return refusal
  if (isLastOwner(managed, activeOwners)) return 'LAST_OWNER'
  return managed.id === manager.membershipId ? 'SUSPENDS_THEMSELF' : null
}

/** Why the manager may not end the member's sessions. */
export const refuseEndingSessions = (manager: Manager, managed: Managed): Refusal | null =>
  refuseManaging('member:suspend', manager, managed)

/** Why the manager may not remove the member. Themself they do not remove: they leave. */
export function refuseRemoval(manager: Manager, managed: Managed, activeOwners: number): Refusal | null {
  const refusal = refuseManaging('member:remove', manager, managed)
  if (refusal !== null) return refusal
  if (isLastOwner(managed, activeOwners)) return 'LAST_OWNER'
  return managed.id === manager.membershipId ? 'REMOVES_THEMSELF' : null
}

/** Why a person may not leave: any member may, but the last owner. */
export const refuseLeaving = (own: Managed, activeOwners: number): Refusal | null =>
  isLastOwner(own, activeOwners) ? 'LAST_OWNER' : null

/** What the manager may do with the membership now, for the user interface to show. */
export type MembershipRights = {
  canSuspend: boolean
  canRemove: boolean
  canEndSessions: boolean
  assignableRoles: RoleDefinition[]
  restriction: string | null
}

/** The rules above, asked all at once. Leaving counts as removing one's own membership, but manages nothing. */
export function rightsOver(manager: Manager, managed: Managed, activeOwners: number): MembershipRights {
  const assignableRoles = roles.filter((role) => refuseRoleChange(manager, managed, role, activeOwners) === null)
  const canSuspend = refuseSuspension(manager, managed, !managed.suspended, activeOwners) === null
  const removal = refuseRemoval(manager, managed, activeOwners)
  const isOwn = managed.id === manager.membershipId
  const managesNothing = !canSuspend && assignableRoles.every((role) => role.key === managed.role.key)
  return {
    canSuspend,
    canEndSessions: refuseEndingSessions(manager, managed) === null,
    canRemove: (isOwn ? refuseLeaving(managed, activeOwners) : removal) === null,
    assignableRoles,
    restriction: managesNothing && removal !== null ? sentences[removal] : null,
  }
}
