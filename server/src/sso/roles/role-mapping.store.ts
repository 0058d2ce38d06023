import { asc, eq, inArray } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { roleMappings } from '../../db/schema/role-mappings.ts'
import type { RoleRule } from './match-role.ts'

const columns = {
  connectionId: roleMappings.connectionId,
  attribute: roleMappings.attribute,
  value: roleMappings.value,
  label: roleMappings.label,
  role: roleMappings.role,
}

/** The rules of the connection, in their order. */
export async function listRoleRules(db: Db | Tx, connectionId: string): Promise<RoleRule[]> {
  return (await readRoleRules(db, [connectionId])).get(connectionId) ?? []
}

/** The rules of each of these connections, in their order; those without are left out. */
export async function readRoleRules(db: Db | Tx, connectionIds: string[]): Promise<Map<string, RoleRule[]>> {
  const rows = await db
    .select(columns)
    .from(roleMappings)
    .where(inArray(roleMappings.connectionId, connectionIds))
    .orderBy(asc(roleMappings.connectionId), asc(roleMappings.position))
  const rules = new Map<string, RoleRule[]>()
  for (const { connectionId, ...rule } of rows) rules.set(connectionId, [...(rules.get(connectionId) ?? []), rule])
  return rules
}

/** Puts these rules in the place of all there were. */
export async function replaceRoleRules(
  tx: Tx,
  { id: connectionId, organizationId }: { id: string; organizationId: string },
  rules: readonly RoleRule[],
): Promise<void> {
  await tx.delete(roleMappings).where(eq(roleMappings.connectionId, connectionId))
  if (rules.length === 0) return
  await tx
    .insert(roleMappings)
    .values(rules.map((rule, position) => ({ connectionId, organizationId, position, ...rule })))
}
