import { resolveRole } from '../../access/find-roles.ts'
import type { Tx } from '../../db/client.ts'
import type { RoleVerdict } from '../../membership/role-by-rules.ts'
import type { Asserted } from '../protocol/asserted.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { matchRole } from './match-role.ts'
import { listRoleRules } from './role-mapping.store.ts'

/**
 * What the connection's rules say about this sign-in; null when it has none. The role stays as it is until the
 * transaction ends: whoever deletes it gives its rules another one.
 */
export async function findRoleVerdict(
  tx: Tx,
  { id, organizationId }: ConnectionRow,
  attributes: readonly Asserted[],
): Promise<RoleVerdict | null> {
  for (;;) {
    const rules = await listRoleRules(tx, id)
    if (rules.length === 0) return null
    const verdict = matchRole(rules, attributes)
    if (verdict.kind !== 'APPLIES') return verdict
    const role = await resolveRole(tx, organizationId, verdict.role)
    // Somebody may delete it between the two statements: then the rule names another one by now.
    if (role !== null) return { ...verdict, role }
  }
}
