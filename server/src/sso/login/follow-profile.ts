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
async function whyNot(tx: Tx, user: UserRow, organizationId: string, email: string): Promise<string | null> {
  if (user.passwordHash !== null) return 'the account has a password of its own'
  if (await isKnownElsewhere(tx, user.id, organizationId)) return 'another organization knows the account too'
  const owner = await ownerOfAddress(tx, organizationId, email)
  return owner === 'another organization' ? 'the new domain is another organization’s' : null
}

/**
 * A known person whose address or name is another one at the identity provider by now: the account follows, as long as
 * this organization alone has to do with it. It is the same account whatever its address.
 */
export async function followProfile(
  ctx: RequestContext,
  tx: Tx,
  { organizationId }: ConnectionRow,
  user: UserRow,
  { email, name }: Identity,
  checks: SignInCheck[],
): Promise<UserRow> {
  const renamed = name !== null && name !== user.name
  if (email === user.email && !renamed) return user
  const reason = await whyNot(tx, user, organizationId, email)
  if (reason !== null) {
    if (email !== user.email) checks.push(note(`stays ${user.email}, because ${reason}`))
    return user
  }
  if (renamed) await changeUserName(tx, user.id, name)
  const named = renamed ? { ...user, name } : user
  if (email === user.email) return named
  if (!(await changeUserEmail(tx, user.id, email))) {
    checks.push(note(`stays ${user.email}, because another account has ${email}`))
    return named
  }
  checks.push(note(`${user.email} became ${email}`))
  const details = { userId: user.id, from: user.email, to: email }
  await recordAuditEvent(
    ctx,
    tx,
    organizationId,
    { type: 'user.emailChanged', details },
    { actor: email, actorId: user.id },
  )
  return { ...named, email }
}
