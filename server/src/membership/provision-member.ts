import { builtInRole, covers, type RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { createId } from '../core/ids.ts'
import type { Tx } from '../db/client.ts'
import { holdPasswordSessionsTo } from '../session/hold-to-policy.ts'
import { keepUser } from '../user/user.store.ts'
import { deleteInvitationUnlessLocked } from './invitation.store.ts'
import { insertMembership, lockMembershipOfUser, type NewMembership, updateMembership } from './membership.store.ts'

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

/**
 * Makes the person who signed in through single sign-on a member, unless they are one: then their role stays as it is.
 * A sign-in is noted unless they are suspended, which the caller refuses.
 */
export async function provisionMember(
  ctx: RequestContext,
  tx: Tx,
  { organizationId, user, now }: { organizationId: string; user: Person; now: Date },
): Promise<{ membershipId: string; created: boolean; suspended: boolean }> {
  const fresh = {
    id: createId('mem', now),
    organizationId,
    userId: user.id,
    role: 'member',
    roleSource: 'JUST_IN_TIME',
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
      return { membershipId: fresh.id, created: true, suspended: false }
    }
    const known = await lockMembershipOfUser(tx, organizationId, user.id)
    if (known === null) continue
    const suspended = known.suspendedAt !== null
    if (!suspended) await updateMembership(tx, organizationId, known.id, { lastSignInAt: now })
    return { membershipId: known.id, created: false, suspended }
  }
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
    const mayRise = known.roleSource === 'JUST_IN_TIME' && known.role === 'member' && role.key !== 'member'
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
