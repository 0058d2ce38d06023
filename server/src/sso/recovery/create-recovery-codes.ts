import { authorize, requireUser } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { forbidden } from '../../core/errors.ts'
import { createId } from '../../core/ids.ts'
import { sha256 } from '../../core/secrets.ts'
import { findOrganization, type OrganizationRow } from '../../organization/organization.store.ts'
import { replaceRecoveryCodes } from './recovery-code.store.ts'
import { createRecoveryCode, normalizeRecoveryCode } from './recovery-code.ts'

const atOnce = 10

/**
 * Makes ten recovery codes of the owner who asks, in the place of their unused ones. They are in this answer and
 * nowhere else: only hashes are kept. A person makes them, who did not come in by one.
 * @throws NOT_FOUND, FORBIDDEN, UNAUTHENTICATED also for an access token
 */
export async function createRecoveryCodes(
  ctx: RequestContext,
  organizationId: string,
): Promise<{ codes: string[]; organization: OrganizationRow }> {
  const grant = await authorize(ctx, 'sso:manage', organizationId)
  const { userId } = requireUser(ctx)
  if (grant.role.key !== 'owner')
    throw forbidden('sso:manage', 'Recovery codes let an owner in: only owners have them.')
  await ctx.limits.consume('recoveryCodesByActor', userId)
  const now = ctx.clock.now()
  const codes = Array.from({ length: atOnce }, createRecoveryCode)
  const rows = codes.map((code) => ({
    id: createId('rcv', now),
    organizationId,
    userId,
    codeHash: sha256(normalizeRecoveryCode(code) ?? ''),
    createdAt: now,
    usedAt: null,
  }))
  await ctx.db.transaction(async (tx) => {
    await replaceRecoveryCodes(tx, organizationId, userId, rows)
    await recordAuditEvent(ctx, tx, organizationId, { type: 'recoveryCodes.created', details: { count: codes.length } })
  })
  const organization = await findOrganization(ctx.db, organizationId)
  if (organization === null) throw new Error('the organization is gone in the request that changed it')
  return { codes, organization }
}
