import { builtInRole, covers, findBuiltInRole, type RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { findCustomRole, roleOfRow } from '../access/role.store.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { createId } from '../core/ids.ts'
import type { Tx } from '../db/client.ts'
import { holdPasswordSessionsTo } from '../session/hold-to-policy.ts'
import { keepUser } from '../user/user.store.ts'
import { deleteInvitationUnlessLocked } from './invitation.store.ts'
import {
  afterExpiry,
  insertMembership,
  lockMembershipOfUser,
  type MembershipRow,
  type NewMembership,
  updateMembership,
} from './membership.store.ts'
import { decideRole, type HeldRole, type RoleDecision, type RoleVerdict } from './role-by-rules.ts'

type Person = { id: string; email: string }

/** The new membership with its audit event, by the person themself; nothing when they have one already. */
async function join(ctx: RequestContext, tx: Tx, row: NewMembership & { id: string }, user: Person): Promise<boolean> {
  if (!(await insertMembership(tx, row))) return false
  const details = { membershipId: row.id, email: user.email, role: row.role, joinMethod: row.joinMethod }
  const by = { actor: user.email, actorId: user.id }
  await holdPasswordSessionsTo(tx, user.id, row.organizationId)
  await recordAuditEvent(ctx, tx, row.organizationId, { type: 'membership.created', details }, by)
  return true
}

/** What came of it; `decision` is null where the connection has no rules for roles. */
type Provisioned = { membershipId: string; created: boolean; suspended: boolean; decision: RoleDecision | null }

/**
 * Makes the person who signed in through single sign-on a member, unless they are one: then their role changes only
 * where the connection's rules say so (decideRole()). A sign-in is noted unless they are suspended, which the caller
 * refuses.
 * @param verdict of the connection's rules; null when it has none
 */
export async function provisionMember(
  ctx: RequestContext,
  tx: Tx,
  {
    organizationId,
    user,
    now,
    verdict,
  }: { organizationId: string; user: Person; now: Date; verdict: RoleVerdict | null },
): Promise<Provisioned> {
  const first = verdict && decideRole(verdict, null)
  const fresh = {
    id: createId('mem', now),
    organizationId,
    userId: user.id,
    role: first?.role.key ?? 'member',
    roleSource: first?.byRule == null ? 'JUST_IN_TIME' : 'MAPPING',
    rolePinned: false,
    joinMethod: 'SINGLE_SIGN_ON',
    joinedAt: now,
    suspendedAt: null,
    lastSignInAt: now,
  }
  await keepUser(tx, user.id)
  // Somebody may remove the member between the two statements: then they join after all.
  for (;;) {
    if (await join(ctx, tx, fresh, user)) {
      await spendInvitation(ctx, tx, fresh, user)
      return { membershipId: fresh.id, created: true, suspended: false, decision: first }
    }
    const known = await lockMembershipOfUser(tx, organizationId, user.id)
    if (known === null) continue
    if (known.suspendedAt !== null) return { membershipId: known.id, created: false, suspended: true, decision: null }
    const decision = verdict && decideRole(verdict, await heldRole(tx, known, now))
    const change = decision === null ? {} : await followRules(ctx, tx, known, decision, user, now)
    await updateMembership(tx, organizationId, known.id, { lastSignInAt: now, ...change })
    return { membershipId: known.id, created: false, suspended: false, decision }
  }
}

const hasEnded = ({ roleExpiresAt }: MembershipRow, now: Date): boolean =>
  roleExpiresAt !== null && roleExpiresAt <= now

/** The role as it stands now, read without a lock: nobody deletes it while its holder's row is locked. */
async function heldRole(tx: Tx, row: MembershipRow, now: Date): Promise<HeldRole> {
  if (hasEnded(row, now)) return { role: builtInRole(afterExpiry.role), pinned: afterExpiry.rolePinned }
  const custom = findBuiltInRole(row.role) === null ? await findCustomRole(tx, row.organizationId, row.role) : null
  return { role: roleOfRow(row.role, custom), pinned: row.rolePinned }
}

/** The change of the membership that the decision asks for, recorded; nothing when the role stays. */
async function followRules(
  ctx: RequestContext,
  tx: Tx,
  known: MembershipRow,
  { role, byRule }: RoleDecision,
  user: Person,
  now: Date,
): Promise<{ role?: string; roleSource?: string; rolePinned?: boolean; roleExpiresAt?: null }> {
  const from = hasEnded(known, now) ? afterExpiry.role : known.role
  if (role.key === from) return {}
  const details = { membershipId: known.id, email: user.email, from, to: role.key, rule: byRule ?? 'no rule applies' }
  const by = { actor: user.email, actorId: user.id }
  await recordAuditEvent(ctx, tx, known.organizationId, { type: 'membership.roleChanged', details }, by)
  return { role: role.key, roleSource: 'MAPPING', rolePinned: false, roleExpiresAt: null }
}

/**
 * An invitation to the same role has nothing left to give. One to another role stays for whoever holds its link: who
 * may say whose address it is, may not thereby say who becomes an admin (decision 0025).
 */
async function spendInvitation(ctx: RequestContext, tx: Tx, row: NewMembership, user: Person): Promise<void> {
  const { organizationId, role } = row
  const invitationId = await deleteInvitationUnlessLocked(tx, organizationId, user.email, role)
  if (invitationId === null) return
  const details = { invitationId, email: user.email }
  const by = { actor: user.email, actorId: user.id }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'invitation.accepted', details }, by)
}

/**
 * Makes the person a member with the role of the invitation they accept. Somebody who came in by single sign-on before
 * gets it too, since nobody has chosen another; a role that somebody chose stays, and an invitation takes nothing away.
 */
export async function joinByInvitation(
  ctx: RequestContext,
  tx: Tx,
  { organizationId, user, role, now }: { organizationId: string; user: Person; role: RoleDefinition; now: Date },
): Promise<{ membershipId: string; suspended: boolean }> {
  const fresh: NewMembership = {
    id: createId('mem', now),
    organizationId,
    userId: user.id,
    role: role.key,
    roleSource: 'INVITATION',
    joinMethod: 'INVITATION',
    joinedAt: now,
    suspendedAt: null,
    lastSignInAt: null,
  }
  await keepUser(tx, user.id)
  for (;;) {
    if (await join(ctx, tx, fresh, user)) return { membershipId: fresh.id, suspended: false }
    const known = await lockMembershipOfUser(tx, organizationId, user.id)
    if (known === null) continue
    if (known.suspendedAt !== null) return { membershipId: known.id, suspended: true }
    const mayRise =
      ['JUST_IN_TIME', 'MAPPING'].includes(known.roleSource) && known.role === 'member' && role.key !== 'member'
    if (mayRise && covers(role, builtInRole('member'))) {
      const change = { role: role.key, roleSource: 'INVITATION', rolePinned: true }
      await updateMembership(tx, organizationId, known.id, change)
      const details = { membershipId: known.id, email: user.email, from: known.role, to: role.key }
      const by = { actor: user.email, actorId: user.id }
      await recordAuditEvent(ctx, tx, organizationId, { type: 'membership.roleChanged', details }, by)
    }
    return { membershipId: known.id, suspended: false }
  }
}

/** The first owner of a new organization, who is signed in at once. */
export async function insertOwnerMembership(
  ctx: RequestContext,
  tx: Tx,
  organizationId: string,
  user: Person,
): Promise<void> {
  const now = ctx.clock.now()
  const row = {
    id: createId('mem', now),
    organizationId,
    userId: user.id,
    role: 'owner',
    roleSource: 'SETUP',
    joinMethod: 'SETUP',
    joinedAt: now,
    suspendedAt: null,
    lastSignInAt: now,
  }
  await join(ctx, tx, row, user)
}
