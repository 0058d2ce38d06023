import type { Tx } from '../db/client.ts'
import { listOrganizationIdsOfUser } from '../membership/membership.store.ts'
import type { SessionPolicy } from './session-lifetime.ts'
import { cutPasswordSessions, findPolicy, findStrictestPolicy, lockPolicies } from './session-policy.store.ts'

/**
 * How long a session may last that is made now, which stays true until the transaction ends.
 * @param organizationId the one that it enters; null for a password: the strictest of all that the person can enter.
 */
export async function policyForNewSession(
  tx: Tx,
  userId: string,
  organizationId: string | null,
): Promise<SessionPolicy> {
  if (organizationId !== null) {
    await lockPolicies(tx, [organizationId], 'shared')
    return findPolicy(tx, organizationId)
  }
  await lockPolicies(tx, [userId], 'shared')
  await lockPolicies(tx, await listOrganizationIdsOfUser(tx, userId), 'shared')
  return findStrictestPolicy(tx, userId)
}

/**
 * For whoever lets a person into an organization: what they have open by password enters it too, and for no longer
 * than it lets members. After the change of the membership; it waits for sign-ins that are under way.
 */
export async function holdPasswordSessionsTo(tx: Tx, userId: string, organizationId: string): Promise<void> {
  await lockPolicies(tx, [userId], 'exclusive')
  await lockPolicies(tx, [organizationId], 'shared')
  await cutPasswordSessions(tx, userId, await findPolicy(tx, organizationId))
}
