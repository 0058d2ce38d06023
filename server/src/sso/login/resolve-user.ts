import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { createId } from '../../core/ids.ts'
import type { Db, Tx } from '../../db/client.ts'
import { listOrganizationIdsOfUser } from '../../membership/membership.store.ts'
import { findUser, findUserByEmail, forgetPassword, insertUser, type UserRow } from '../../user/user.store.ts'
import type { Identity } from '../protocol/identity.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { findIdentityUserId, hasIdentity, insertIdentity } from '../sso-identity.store.ts'
import { followProfile } from './follow-profile.ts'
import { mayLinkByDomain, ownerOfAddress } from './link-by-domain.ts'
import { lockSubject } from './sign-in-state.store.ts'

/** Who it is; or who has to prove that they are the same person; or why it can be nobody. */
export type Resolved = { user: UserRow } | { existing: UserRow } | { reason: SignInFailureReason }

/**
 * Whom the identity provider means: the user this connection knows by the subject; else a new user, just in time. An
 * e-mail address alone leads into an existing account only where the organization has proved the domain
 * (link-by-domain.ts): otherwise `existing` has to prove that they are the same person. Nobody new is made with an
 * address in a domain that another organization has proved.
 */
export async function resolveUser(
  ctx: RequestContext,
  tx: Tx,
  connection: ConnectionRow,
  identity: Identity,
  checks: SignInCheck[],
): Promise<Resolved> {
  const { id: connectionId, organizationId } = connection
  await lockSubject(tx, connectionId, identity.subject)
  const userId = await findIdentityUserId(tx, connectionId, identity.subject)
  const known = userId === null ? null : await findUser(tx, userId)
  if (known !== null) return { user: await followProfile(ctx, tx, connection, known, identity, checks) }
  const now = ctx.clock.now()
  const user = {
    id: createId('usr', now),
    email: identity.email,
    name: identity.name,
    passwordHash: null,
    createdAt: now,
  }
  const owner = await ownerOfAddress(tx, organizationId, identity.email)
  if (owner === 'another organization' && (await findUserByEmail(tx, identity.email)) === null) {
    return { reason: 'EMAIL_DOMAIN_TAKEN' }
  }
  if (await insertUser(tx, user)) {
    await insertIdentity(tx, {
      id: createId('idn', now),
      connectionId,
      subject: identity.subject,
      userId: user.id,
      createdAt: now,
    })
    return { user }
  }
  const existing = await findUserByEmail(tx, identity.email)
  if (existing === null) throw new Error('the user with this e-mail address went away while signing in')
  const stranded = await isStranded(tx, existing, organizationId)
  if (!stranded && !(await mayLinkByDomain(tx, connection, identity, existing, now))) return { existing }
  const row = { id: createId('idn', now), connectionId, subject: identity.subject, userId: existing.id, createdAt: now }
  await insertIdentity(tx, row)
  // Of an account that is a member nowhere: nobody knows who chose it.
  if (existing.passwordHash !== null) await forgetPassword(tx, existing.id)
  const proof = stranded
    ? 'a member whom nothing else lets in'
    : 'the organization has proved the domain of the address'
  checks.push(check('account', 'Account', true, 'an account that may be connected without a proof', proof))
  const details = { connectionId, userId: existing.id, email: existing.email }
  const by = { actor: existing.email, actorId: existing.id }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoIdentity.linked', details }, by)
  return { user: { ...existing, passwordHash: null } }
}

/**
 * True for a member of this organization whom nothing else lets in any more: no password, and the connection they came
 * through was deleted. They could prove nothing; the organization's owners made them its member, and they vouch for
 * the new connection. The session enters no other organization.
 */
export async function isStranded(tx: Db | Tx, user: UserRow, organizationId: string): Promise<boolean> {
  if (user.passwordHash !== null || (await hasIdentity(tx, user.id))) return false
  return (await listOrganizationIdsOfUser(tx, user.id)).includes(organizationId)
}
