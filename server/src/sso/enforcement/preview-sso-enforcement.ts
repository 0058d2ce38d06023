import { authorize } from '../../access/authorize.ts'
import type { RoleDefinition } from '../../access/permission.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { roleOfRow } from '../../access/role.store.ts'
import { countLosingTokens, countLosses, listLosingMembers, listLosingTokens } from './enforcement-preview.store.ts'

/** Why somebody would have no way in; the first is true of everybody in the list. */
export enum AccessLossReason {
  NEVER_USED_SSO = 'NEVER_USED_SSO',
  DOMAIN_NOT_VERIFIED = 'DOMAIN_NOT_VERIFIED',
  GUEST = 'GUEST',
  PASSWORD_ONLY_OWNER = 'PASSWORD_ONLY_OWNER',
}

export type EnforcementPreview = {
  memberCount: number
  losingMemberCount: number
  reasons: { reason: AccessLossReason; count: number }[]
  members: { id: string; email: string; name: string | null; role: RoleDefinition; reasons: AccessLossReason[] }[]
  losingAccessTokenCount: number
  accessTokens: { id: string; name: string; createdByEmail: string }[]
}

const shown = 50

/**
 * Who would lose access if single sign-on were required now, and why: counts of all, and the first rows. It shows
 * members and tokens, so it needs what those need. @throws NOT_FOUND, FORBIDDEN
 */
export async function previewSsoEnforcement(ctx: RequestContext, organizationId: string): Promise<EnforcementPreview> {
  await authorize(ctx, 'sso:read', organizationId)
  await authorize(ctx, 'member:read', organizationId)
  await authorize(ctx, 'accessToken:read', organizationId)
  const now = ctx.clock.now()
  const [counts, members, losingAccessTokenCount, accessTokens] = await Promise.all([
    countLosses(ctx.db, organizationId, now),
    listLosingMembers(ctx.db, organizationId, shown, now),
    countLosingTokens(ctx.db, organizationId),
    listLosingTokens(ctx.db, organizationId, shown),
  ])
  const reasons = [
    { reason: AccessLossReason.NEVER_USED_SSO, count: counts.losing },
    { reason: AccessLossReason.DOMAIN_NOT_VERIFIED, count: counts.domainNotVerified },
    { reason: AccessLossReason.GUEST, count: counts.guests },
    { reason: AccessLossReason.PASSWORD_ONLY_OWNER, count: counts.ownersByPassword },
  ]
  return {
    memberCount: counts.members,
    losingMemberCount: counts.losing,
    reasons: reasons.filter(({ count }) => count > 0),
    members: members.map(({ id, email, name, role, customRole, ...facts }) => ({
      id,
      email,
      name,
      role: roleOfRow(role, customRole),
      reasons: reasonsOf(facts),
    })),
    losingAccessTokenCount,
    accessTokens,
  }
}

function reasonsOf(facts: { guest: boolean; proved: boolean; ownerByPassword: boolean }): AccessLossReason[] {
  return [
    AccessLossReason.NEVER_USED_SSO,
    ...(facts.guest ? [AccessLossReason.GUEST] : facts.proved ? [] : [AccessLossReason.DOMAIN_NOT_VERIFIED]),
    ...(facts.ownerByPassword ? [AccessLossReason.PASSWORD_ONLY_OWNER] : []),
  ]
}
