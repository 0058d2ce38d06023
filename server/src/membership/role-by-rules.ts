import { builtInRole, covers, type RoleDefinition } from '../access/permission.ts'

/** A claim that a rule needs and that could not be looked at, with the reason in words. */
export type Unseen = { attribute: string; why: string }

/**
 * What the rules of a connection say about one sign-in: the first rule that applies; that none does; or that nobody can
 * know. `unseen`: claims of rules before that one, which might have applied.
 */
export type RoleVerdict<Role = RoleDefinition> =
  | { kind: 'APPLIES'; role: Role; rule: string; unseen: Unseen[] }
  | { kind: 'NONE_APPLIES' }
  | { kind: 'UNKNOWN'; unseen: Unseen[] }

/** The role that somebody has, and whether sign-ins leave it as it is. */
export type HeldRole = { role: RoleDefinition; pinned: boolean }

/** The role after the sign-in, and why. `frozen`: it stays as it is only because of a claim that did not come. */
export type RoleDecision = { role: RoleDefinition; byRule: string | null; why: string; frozen: boolean }

const named = (unseen: readonly Unseen[]): string =>
  unseen.map(({ attribute, why }) => `${attribute} ${why}`).join('; ')

/**
 * Which role a sign-in leaves somebody with. A role that somebody chose stays, and so does an owner's: owners are made
 * and unmade by hand. A claim that did not come takes nothing away: only what all rules say together does.
 * @param held null for a new member
 */
export function decideRole(verdict: RoleVerdict, held: HeldRole | null): RoleDecision {
  const member = builtInRole('member')
  const current = held?.role ?? member
  const stays = (why: string, frozen = false): RoleDecision => ({ role: current, byRule: null, why, frozen })
  if (held?.role.key === 'owner') return stays('owners are made and unmade by hand')
  if (held?.pinned) return stays('somebody chose it and pinned it')
  if (verdict.kind === 'UNKNOWN') return stays(`no rule could be decided: ${named(verdict.unseen)}`, true)
  if (verdict.kind === 'NONE_APPLIES') return { role: member, byRule: null, why: 'no rule applies', frozen: false }
  const { role, rule, unseen } = verdict
  if (unseen.length > 0 && !covers(role, current)) {
    return stays(`${rule} would take something away, and a rule before it could not be decided: ${named(unseen)}`, true)
  }
  return { role, byRule: rule, why: rule, frozen: false }
}
