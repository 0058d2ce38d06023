import { covers, type RoleDefinition, roleOf } from '../access/permission.ts'
import type { InvitationRow } from '../membership/invitation.store.ts'

/** An invitation as the API shows it. */
export type InvitationView = Omit<InvitationRow, 'role' | 'inviterRole'> & {
  role: RoleDefinition
  expired: boolean
  /** Why its link lets nobody in, in a sentence; null while it does. */
  problem: string | null
}

/** True while the inviter may still give the role: an invitation never gives more than whoever answers for it holds. */
export function isVouchedFor({ role, inviterRole }: Pick<InvitationRow, 'role' | 'inviterRole'>): boolean {
  if (inviterRole === null) return false
  const inviter = roleOf(inviterRole)
  return inviter.permissions.includes('member:invite') && covers(inviter, roleOf(role))
}

export function viewInvitation(row: InvitationRow, now: Date): InvitationView {
  const { inviterRole: _, ...rest } = row
  const expired = row.expiresAt <= now
  const problem = expired
    ? 'The link has expired. Send the invitation again.'
    : isVouchedFor(row)
      ? null
      : `${row.invitedBy.email} may not give this role any more, so the link lets nobody in. Send the invitation again.`
  return { ...rest, role: roleOf(row.role), expired, problem }
}
