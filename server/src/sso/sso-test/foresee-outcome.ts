import type { Tx } from '../../db/client.ts'
import { findMembershipOfUser } from '../../membership/membership.store.ts'
import { findUser, findUserByEmail, type UserRow } from '../../user/user.store.ts'
import { mayLinkByDomain, ownerOfAddress } from '../login/link-by-domain.ts'
import { isStranded } from '../login/resolve-user.ts'
import type { Identity } from '../protocol/identity.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { findIdentityUserId } from '../sso-identity.store.ts'

/** `userId` is null for people whom the organization does not know. */
export type Foreseen = { sentence: string; userId: string | null }

/** What resolveUser() and admitMember() would do with this identity now. It only reads. */
export async function foreseeOutcome(
  tx: Tx,
  connection: ConnectionRow,
  identity: Identity,
  now: Date,
): Promise<Foreseen> {
  const { id: connectionId, organizationId } = connection
  const { subject, email } = identity
  const knownId = await findIdentityUserId(tx, connectionId, subject)
  const known = knownId === null ? null : await findUser(tx, knownId)
  if (known !== null) return foreseeMember(tx, organizationId, known, now)
  const existing = await findUserByEmail(tx, email)
  if (existing === null && (await ownerOfAddress(tx, organizationId, email)) === 'another organization') {
    const sentence = `${email} would be refused: another organization on this server has proved the domain of that address.`
    return { sentence, userId: null }
  }
  if (existing === null) return newMember(email)
  const linked =
    (await isStranded(tx, existing, organizationId)) || (await mayLinkByDomain(tx, connection, identity, existing, now))
  if (linked) return foreseeMember(tx, organizationId, existing, now)
  const sentence = `${email} has an account already and would be asked, once, to confirm that it is theirs.`
  return { sentence, userId: null }
}

const newMember = (email: string): Foreseen => ({
  sentence: `${email} would become a new Organization Member.`,
  userId: null,
})

async function foreseeMember(
  tx: Tx,
  organizationId: string,
  { id: userId, email }: UserRow,
  now: Date,
): Promise<Foreseen> {
  const membership = await findMembershipOfUser(tx, organizationId, userId, now)
  if (membership === null) return newMember(email)
  return membership.suspendedAt === null
    ? { sentence: `${email} would be signed in: an existing member.`, userId }
    : { sentence: `${email} is a suspended member, whose sign-in would be refused.`, userId }
}
