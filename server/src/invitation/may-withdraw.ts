import type { Grant } from '../access/grant.ts'
import { covers, roleOf } from '../access/permission.ts'

/** Nobody takes back, or sends again, what gives more than they hold. */
export const mayWithdraw = (grant: Grant, role: string): boolean => covers(grant.role, roleOf(role))
