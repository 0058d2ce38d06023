import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { changeUserEmail, changeUserName, type UserRow } from '../../user/user.store.ts'
import type { Identity } from '../protocol/identity.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { isKnownElsewhere } from '../sso-identity.store.ts'
import { ownerOfAddress } from './link-by-domain.ts'

const note = (passed: string): SignInCheck =>
  check('profile', 'E-mail address of the account', true, 'as the identity provider says, where it may say so', passed)

/** Why the identity provider may not change the address; null when it may. */
async function whyNot(
  tx: Tx,
  user: UserRow,
  organizationId: string,
  { email, emailVerified }: Identity,
): Promise<string | null> {
  if (!emailVerified) return 'the identity provider does not say that the new address is verified'
  const owner = await ownerOfAddress(tx, organizationId, email)
  if (owner === 'another organization') return 'the new domain is another organization’s'
  const before = await ownerOfAddress(tx, organizationId, user.email)
  // From one mailbox of the organization's own to another: nobody gains what they had not.
  if (owner === 'this organization' && before === 'this organization') return null
  if (user.passwordHash !== null) return 'the account has a password of its own'
  if (await isKnownElsewhere(tx, user.id, organizationId)) return 'another organization knows the account too'
  return null
}

/** A name is for showing: it follows where this organization alone has to do with the account. */
async function followName(tx: Tx, user: UserRow, organizationId: string, name: string | null): Promise<UserRow> {
  if (name === null || name === user.name || user.passwordHash !== null) return user
  if (await isKnownElsewhere(tx, user.id, organizationId)) return user
  await changeUserName(tx, user.id, name)
  return { ...user, name }
}

/**
 * A known person whose address or name is another one at the identity provider by now: the account follows where this
 * organization may say so, and stays as it is where not. It is the same account whatever its address.
 */
export async function followProfile(
  ctx: RequestContext,
  tx: Tx,
  { organizationId }: ConnectionRow,
  known: UserRow,
  identity: Identity,
  checks: SignInCheck[],
): Promise<UserRow> {
  const { email } = identity
  const user = await followName(tx, known, organizationId, identity.name)
  if (email === user.email) return user
  const reason = await whyNot(tx, user, organizationId, identity)
  if (reason !== null) {
    checks.push(note(`stays ${user.email}, because ${reason}`))
    return user
  }
  if (!(await changeUserEmail(tx, user.id, email))) {
    checks.push(note(`stays ${user.email}, because another account has ${email}`))
    return user
  }
  checks.push(note(`${user.email} became ${email}`))
  const details = { userId: user.id, from: user.email, to: email }
  const by = { actor: email, actorId: user.id }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'user.emailChanged', details }, by)
  return { ...user, email }
}
