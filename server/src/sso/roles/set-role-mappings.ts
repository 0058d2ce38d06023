import { authorizeOwned, authorizeWithin } from '../../access/authorize.ts'
import { parseGrantableRole, resolveRole } from '../../access/find-roles.ts'
import type { Grant } from '../../access/grant.ts'
import { covers } from '../../access/permission.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { FieldErrors, forbidden, notFound } from '../../core/errors.ts'
import type { Tx } from '../../db/client.ts'
import { checkRevision } from '../check-revision.ts'
import { type SsoConnectionView, viewConnection } from '../connection-view.ts'
import { findConnection, lockConnection, updateConnection } from '../sso-connection.store.ts'
import { type RoleRule, ruleInWords } from './match-role.ts'
import { parseRoleRules, type RoleRuleInput } from './parse-role-rules.ts'
import { listRoleRules, replaceRoleRules } from './role-mapping.store.ts'

const same = (one: readonly RoleRule[], other: readonly RoleRule[]): boolean =>
  one.length === other.length &&
  one.every(({ attribute, value, label, role }, index) => {
    const rule = other[index]
    return rule?.attribute === attribute && rule.value === value && rule.label === label && rule.role === role
  })

/** Nobody changes, or takes away, what gives more than they hold. */
async function refuseRulesAbove(tx: Tx, { organizationId, role: own }: Grant, rules: readonly RoleRule[]) {
  for (const key of new Set(rules.map(({ role }) => role))) {
    const role = await resolveRole(tx, organizationId, key)
    if (role === null || covers(own, role)) continue
    throw forbidden('sso:manage', `A rule gives ${role.name}, which is above your own role. Ask an organization owner.`)
  }
}

/** Each role once, at the first rule that names it. */
async function parseRoles(ctx: RequestContext, tx: Tx, grant: Grant, rules: readonly RoleRule[], errors: FieldErrors) {
  const { organizationId, role: own, roleExpiresAt } = grant
  const keys = rules.map(({ role }) => role)
  for (const [index, key] of keys.entries()) {
    if (keys.indexOf(key) !== index || key === 'owner') continue
    const path = `input.mappings.${index}.role`
    const role = await parseGrantableRole(ctx, tx, { organizationId, key, path, own }, errors)
    if (role !== null && roleExpiresAt !== null && role.key !== 'member') {
      const message = 'Your own role ends at a time, so a rule of yours can give Organization Member alone.'
      errors.add(path, 'ROLE_OUTLASTS_ACTOR', message)
    }
  }
}

/**
 * Puts these rules in the place of those that the connection has. They count from each person's next sign-in on: nobody's
 * role changes before.
 * @param expectedRevision the revision that the caller saw; null when it does not matter
 * @throws BAD_USER_INPUT on `input.mappings.<n>.<field>`, CONFLICT STALE_REVISION, NOT_FOUND, FORBIDDEN without
 * `member:changeRole` too, since rules give roles
 */
export async function setRoleMappings(
  ctx: RequestContext,
  connectionId: string,
  expectedRevision: number | null,
  given: readonly RoleRuleInput[],
): Promise<SsoConnectionView> {
  const found = await findConnection(ctx.db, connectionId)
  const { organizationId } = (await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)).row
  const errors = new FieldErrors()
  const rules = parseRoleRules(given, errors)
  const saved = await ctx.db.transaction(async (tx) => {
    const before = await lockConnection(tx, organizationId, connectionId)
    if (before === null) throw notFound('SSO connection')
    await authorizeWithin(ctx, tx, 'member:changeRole', organizationId)
    const grant = await authorizeWithin(ctx, tx, 'sso:manage', organizationId)
    const rulesBefore = await listRoleRules(tx, connectionId)
    await refuseRulesAbove(tx, grant, rulesBefore)
    await parseRoles(ctx, tx, grant, rules, errors)
    errors.throwIfAny()
    checkRevision(before, expectedRevision)
    if (same(rulesBefore, rules)) return before
    await replaceRoleRules(tx, before, rules)
    const next = { ...before, revision: before.revision + 1, updatedAt: ctx.clock.now() }
    await updateConnection(tx, next)
    const shown = rules.map((rule, position) => `${ruleInWords(rule, position)}: ${rule.role}`)
    const details = { connectionId, name: before.name, rules: shown }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoConnection.roleMappingsChanged', details })
    return next
  })
  return viewConnection(ctx, saved)
}
