import type { RoleDecision } from '../../membership/role-by-rules.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'

/** The decision in one sentence, such as `Organization Admin, by rule 1 (groups is Admins)`. */
export function roleInWords({ role, byRule, why, frozen }: RoleDecision): string {
  if (byRule !== null) return `${role.name}, by ${byRule}`
  return frozen ? `stays ${role.name}: ${why}` : `${role.name}: ${why}`
}

/** A row of the trace. It fails, and refuses nothing, where the role was frozen. */
export const checkRole = (decision: RoleDecision): SignInCheck =>
  check('role', 'Role', !decision.frozen, 'what the rules of the connection say', roleInWords(decision))
