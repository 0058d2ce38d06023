import type { Grant } from '../access/grant.ts'
import { covers } from '../access/permission.ts'
import type { InvitationRow } from '../membership/invitation.store.ts'
import { invitedRole } from './invitation-view.ts'

/** Nobody takes back, or sends again, what gives more than they hold. */
export const mayWithdraw = (grant: Grant, row: InvitationRow): boolean => covers(grant.role, invitedRole(row))
