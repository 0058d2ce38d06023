import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { minutes, plus } from '../../core/clock.ts'
import { badUserInput } from '../../core/errors.ts'
import { sha256 } from '../../core/secrets.ts'
import type { Tx } from '../../db/client.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import { lockMembershipOfUser } from '../../membership/membership.store.ts'
import { isActiveOwnerAt, listOwnerEmails } from '../../membership/owner.store.ts'
import { findOrganization, type OrganizationRow } from '../../organization/organization.store.ts'
import { adoptSession } from '../../session/adopt-session.ts'
import { createSession, type NewSession } from '../../session/create-session.ts'
import { findUser, keepUser, type UserRow } from '../../user/user.store.ts'
import { takeRecoveryCode } from './recovery-code.store.ts'
import { normalizeRecoveryCode } from './recovery-code.ts'
import { recoveryMail } from './recovery-mail.ts'

/** How long a session lasts that a recovery code opened, whatever the activity. */
const recoveryLifetime = minutes(15)

type Recovered = { organization: OrganizationRow; user: UserRow; session: NewSession; expiresAt: Date }

/**
 * Lets an owner in who has a recovery code, for a quarter of an hour and to the settings of single sign-on alone. The
 * code is spent by it. A code that is wrong, spent, or of somebody who is no owner any more answers the same. Sets the
 * session cookie.
 * @throws BAD_USER_INPUT on `input.code`, RATE_LIMITED
 */
export async function useRecoveryCode(ctx: RequestContext, typed: string): Promise<Omit<Recovered, 'session'>> {
  await ctx.limits.consume('recoveryCodeByAddress', ctx.ipAddress ?? 'unknown')
  const code = normalizeRecoveryCode(typed)
  const recovered = code === null ? null : await ctx.db.transaction((tx) => recover(ctx, tx, sha256(code)))
  if (recovered === null) {
    const message = 'This is no recovery code that can be used. Check it; each works once, for who made it.'
    throw badUserInput([{ path: 'input.code', reason: 'WRONG_RECOVERY_CODE', message }])
  }
  const { session, ...rest } = recovered
  adoptSession(ctx, rest.user, session)
  return rest
}

async function recover(ctx: RequestContext, tx: Tx, codeHash: string): Promise<Recovered | null> {
  const now = ctx.clock.now()
  const code = await takeRecoveryCode(tx, codeHash, now)
  if (code === null) return null
  const { organizationId, userId } = code
  await keepUser(tx, userId)
  const membership = await lockMembershipOfUser(tx, organizationId, userId)
  const user = await findUser(tx, userId)
  const organization = await findOrganization(tx, organizationId)
  const isOwner = membership !== null && isActiveOwnerAt(membership, now)
  // Spent all the same: whoever has it should not try it again later.
  if (!isOwner || user === null || organization === null) return null
  const expiresAt = plus(now, recoveryLifetime)
  const session = await createSession(ctx, tx, {
    userId,
    connection: null,
    recoveryOrganizationId: organizationId,
    notOnOrAfter: expiresAt,
  })
  const by = { actor: user.email, actorId: user.id }
  const details = { recoveryCodeId: code.id, email: user.email }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'recoveryCode.used', details }, by)
  const content = recoveryMail({
    organization,
    email: user.email,
    at: now,
    ipAddress: ctx.ipAddress,
    publicUrl: ctx.publicUrl,
  })
  for (const email of await listOwnerEmails(tx, organizationId, now)) await queueMail(ctx, tx, email, content)
  return { organization, user, session, expiresAt }
}
