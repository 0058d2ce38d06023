import { roleOfRow } from '../../access/role.store.ts'
import type { Db, Tx } from '../../db/client.ts'
import { findMembershipOfUser, type Member } from '../../membership/membership.store.ts'
import { decideRole, type RoleDecision, type RoleVerdict } from '../../membership/role-by-rules.ts'
import { findUser, findUserByEmail, type UserRow } from '../../user/user.store.ts'
import { mayLinkByDomain, ownerOfAddress } from '../login/link-by-domain.ts'
import { isStranded } from '../login/resolve-user.ts'
import type { Identity } from '../protocol/identity.ts'
import { roleInWords } from '../roles/check-role.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { findIdentityUserId, isKnownToConnection } from '../sso-identity.store.ts'

/** What becomes of the account: it is known, made, connected without a proof or after one, or there is no way in. */
export type ForeseenAccount = 'KNOWN' | 'CREATED' | 'LINKED' | 'ASKED_TO_PROVE' | 'REFUSED'

export type Foreseen = {
  account: ForeseenAccount
  /** The account that the sign-in leads to, or would after a proof; null when there is none yet. */
  user: UserRow | null
  /** Their membership now; null for people who are no member. */
  membership: Member | null
  /** The role afterwards, as the connection's rules say; null when they say nothing, or nobody comes in. */
  decision: RoleDecision | null
  /** All of it in one sentence. */
  sentence: string
}

type Who = Pick<Identity, 'email' | 'emailVerified'> & { subject: string | null }

/**
 * What resolveUser() and admitMember() would do with this identity now. It only reads.
 * @param who `subject` null: the one that the connection knows the account of this address by
 */
export async function foreseeSignIn(
  tx: Db | Tx,
  connection: ConnectionRow,
  who: Who,
  verdict: RoleVerdict | null,
  now: Date,
): Promise<Foreseen> {
  const { organizationId } = connection
  const { account, user } = await foreseeAccount(tx, connection, who, now)
  const membership = user && (await findMembershipOfUser(tx, organizationId, user.id, now))
  const shutOut = account === 'REFUSED' || (membership !== null && membership.suspendedAt !== null)
  const held = membership && { role: roleOfRow(membership.role, membership.customRole), pinned: membership.rolePinned }
  const decision = shutOut || verdict === null ? null : decideRole(verdict, held)
  const foreseen = { account, user, membership, decision }
  return { ...foreseen, sentence: inWords(foreseen, user?.email ?? who.email) }
}

async function foreseeAccount(
  tx: Db | Tx,
  connection: ConnectionRow,
  { subject, email, emailVerified }: Who,
  now: Date,
): Promise<{ account: ForeseenAccount; user: UserRow | null }> {
  const { id: connectionId, organizationId } = connection
  const knownId = subject === null ? null : await findIdentityUserId(tx, connectionId, subject)
  const known = knownId === null ? null : await findUser(tx, knownId)
  if (known !== null) return { account: 'KNOWN', user: known }
  const existing = await findUserByEmail(tx, email)
  if (existing === null) {
    const taken = (await ownerOfAddress(tx, organizationId, email)) === 'another organization'
    return { account: taken ? 'REFUSED' : 'CREATED', user: null }
  }
  if (subject === null && (await isKnownToConnection(tx, connectionId, existing.id))) {
    return { account: 'KNOWN', user: existing }
  }
  const identity = { subject: subject ?? '', email, emailVerified, name: null }
  const linked =
    (await isStranded(tx, existing, organizationId)) || (await mayLinkByDomain(tx, connection, identity, existing, now))
  return { account: linked ? 'LINKED' : 'ASKED_TO_PROVE', user: existing }
}

function inWords({ account, membership, decision }: Omit<Foreseen, 'sentence'>, email: string): string {
  const role = decision === null ? '' : ` Role: ${roleInWords(decision)}.`
  if (account === 'REFUSED') {
    return `${email} would be refused: another organization on this server has proved the domain of that address.`
  }
  if (account === 'ASKED_TO_PROVE') {
    return `${email} has an account already and would be asked, once, to confirm that it is theirs.${role}`
  }
  if (membership === null) {
    return decision === null
      ? `${email} would become a new Organization Member.`
      : `${email} would become a new member.${role}`
  }
  return membership.suspendedAt === null
    ? `${email} would be signed in: an existing member.${role}`
    : `${email} is a suspended member, whose sign-in would be refused.`
}
