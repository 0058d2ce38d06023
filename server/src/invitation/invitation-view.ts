import type { Grant } from '../access/grant.ts'
import { builtInRole, covers, type RoleDefinition } from '../access/permission.ts'
import { roleOfRow } from '../access/role.store.ts'
import type { InvitationRow } from '../membership/invitation.store.ts'

type OfInviter = 'inviterRole' | 'inviterCustomRole' | 'inviterRoleExpiresAt'

/** An invitation as the API shows it. */
export type InvitationView = Omit<InvitationRow, 'role' | 'customRole' | OfInviter> & {
  role: RoleDefinition
  expired: boolean
  /** Why its link lets nobody in, in a sentence; null while it does. */
  problem: string | null
}

/** The role that the invitation gives. */
export const invitedRole = ({ role, customRole }: Pick<InvitationRow, 'role' | 'customRole'>): RoleDefinition =>
  roleOfRow(role, customRole)

/**
 * Whether somebody with this role may invite to that one: what one holds for a time, one gives to nobody for good.
 * @param endsAt when the inviter's own role ends
 */
export const mayInviteTo = (own: RoleDefinition, endsAt: Date | null, role: RoleDefinition): boolean =>
  own.permissions.includes('member:invite') && covers(own, role) && (endsAt === null || role.key === 'member')

/** Nobody takes back, or replaces, what gives more than they hold. */
export const mayWithdraw = (grant: Grant, row: InvitationRow): boolean => covers(grant.role, invitedRole(row))

/** True while the inviter may still give the role: an invitation never gives more than whoever answers for it holds. */
export function isVouchedFor(row: Pick<InvitationRow, 'role' | 'customRole' | OfInviter>, now: Date): boolean {
  const { inviterRole, inviterCustomRole, inviterRoleExpiresAt: endsAt } = row
  if (inviterRole === null) return false
  const ended = endsAt !== null && endsAt <= now
  const own = ended ? builtInRole('member') : roleOfRow(inviterRole, inviterCustomRole)
  return mayInviteTo(own, endsAt, invitedRole(row))
}

export function viewInvitation(row: InvitationRow, now: Date): InvitationView {
  const { inviterRole: _, inviterCustomRole: __, inviterRoleExpiresAt: ___, ...rest } = row
  const expired = row.expiresAt <= now
  const problem = expired
    ? 'The link has expired. Send the invitation again.'
    : isVouchedFor(row, now)
      ? null
      : `${row.invitedBy.email} may not give this role any more, so the link lets nobody in. Send the invitation again.`
  return { ...rest, role: invitedRole(row), expired, problem }
}
