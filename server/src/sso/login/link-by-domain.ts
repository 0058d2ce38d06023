import { mailDomainOf } from '../../core/domain-name.ts'
import type { Db, Tx } from '../../db/client.ts'
import { findVerifiedDomain } from '../../domain/domain.store.ts'
import { findMembershipOfUser } from '../../membership/membership.store.ts'
import type { UserRow } from '../../user/user.store.ts'
import type { Identity } from '../protocol/identity.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { isKnownElsewhere, isKnownToConnection } from '../sso-identity.store.ts'

/** Whose the domain of the address is: this organization's by proof, another one's by proof, or nobody's. */
export async function ownerOfAddress(
  tx: Db | Tx,
  organizationId: string,
  email: string,
): Promise<'this organization' | 'another organization' | 'nobody'> {
  const domain = await findVerifiedDomain(tx, mailDomainOf(email))
  if (domain === null) return 'nobody'
  return domain.organizationId === organizationId ? 'this organization' : 'another organization'
}

/**
 * Whether the organization's word is enough to lead a new subject into an existing account: it has proved the domain of
 * the address, and its identity provider vouches for the address. Not so
 * - for an owner, an admin or a custom role, whom the identity provider's administrator would become;
 * - for an account that another organization has to do with: what it holds there is not this organization's to give;
 * - for somebody whom the connection knows by another subject: an address may be given to the next person;
 * - for a member with a password: whoever invited them may have chosen it, and would come in along with them.
 * An account with a password that is a member nowhere holds nothing: its password ends with the link (resolve-user.ts).
 */
export async function mayLinkByDomain(
  tx: Db | Tx,
  { id, organizationId }: ConnectionRow,
  { email, emailVerified }: Identity,
  existing: UserRow,
  now: Date,
): Promise<boolean> {
  if ((await ownerOfAddress(tx, organizationId, email)) !== 'this organization') return false
  if (!emailVerified) return false
  const membership = await findMembershipOfUser(tx, organizationId, existing.id, now)
  if (membership !== null && membership.role !== 'member') return false
  if (membership !== null && existing.passwordHash !== null) return false
  if (await isKnownElsewhere(tx, existing.id, organizationId)) return false
  return !(await isKnownToConnection(tx, id, existing.id))
}
