import { mailDomainOf } from '../../core/domain-name.ts'
import type { Db, Tx } from '../../db/client.ts'
import { findVerifiedDomain } from '../../domain/domain.store.ts'
import { findMembershipOfUser } from '../../membership/membership.store.ts'
import type { UserRow } from '../../user/user.store.ts'
import type { Identity } from '../protocol/identity.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { isKnownToConnection } from '../sso-identity.store.ts'

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
 * Whether the organization's word is enough to lead a new subject into an existing account. It has proved the domain of
 * the address, so whose the address is, is its to say; the session that is made enters its own organization alone. Not
 * so for those with more to lose than a member has, whom their identity provider's administrator would become; not for
 * an address that the identity provider does not vouch for; and not for somebody whom the connection knows by another
 * subject: an address may be given to the next person.
 */
export async function mayLinkByDomain(
  tx: Db | Tx,
  { id, organizationId }: ConnectionRow,
  { email, emailVerified }: Identity,
  existing: UserRow,
): Promise<boolean> {
  if ((await ownerOfAddress(tx, organizationId, email)) !== 'this organization') return false
  if (!emailVerified) return false
  const membership = await findMembershipOfUser(tx, organizationId, existing.id)
  if (membership !== null && membership.role !== 'member') return false
  return !(await isKnownToConnection(tx, id, existing.id))
}
