import { findEnforcement, listEntrances } from '../access/enforcement.store.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { notFound } from '../core/errors.ts'
import { sha256 } from '../core/secrets.ts'
import type { Db, Tx } from '../db/client.ts'
import { findInvitationByHash, type InvitationRow } from '../membership/invitation.store.ts'
import { type Entrance, entrancesOf } from '../sso/front-door/entrance.ts'
import { invitedRole, isVouchedFor } from './invitation-view.ts'

/** What the link shows to whoever has it. Nothing of it tells whether the address has an account. */
export type InvitationPreview = {
  email: string
  organizationName: string
  organizationSlug: string
  role: RoleDefinition
  invitedBy: string
  expiresAt: Date
  entrances: Entrance[]
  passwordAllowed: boolean
  viewerIsInvited: boolean
  viewerEmail: string | null
}

/** The invitation whose link still lets somebody in. @throws NOT_FOUND for all others, whatever the cause. */
export async function requireOpenInvitation(db: Db | Tx, now: Date, token: string): Promise<InvitationRow> {
  const row = await findInvitationByHash(db, sha256(token))
  if (row === null || row.expiresAt <= now || !isVouchedFor(row, now)) throw notFound('invitation')
  return row
}

/** What an invitation is to, for whoever has its link. @throws NOT_FOUND, RATE_LIMITED */
export async function readInvitation(ctx: RequestContext, token: string): Promise<InvitationPreview> {
  const now = ctx.clock.now()
  const row = await findOrCount(ctx, token)
  const { organization, email, invitedBy, expiresAt } = row
  const { actor } = ctx
  return {
    email,
    organizationName: organization.name,
    organizationSlug: organization.slug,
    role: invitedRole(row),
    invitedBy: invitedBy.name ?? invitedBy.email,
    expiresAt,
    entrances: entrancesOf(organization, await listEntrances(ctx.db, [organization.id]), email),
    passwordAllowed: (await findEnforcement(ctx.db, organization.id, now)) === null,
    viewerIsInvited: actor.kind === 'user' && actor.email === email && !actor.recovery,
    viewerEmail: actor.kind === 'user' ? actor.email : null,
  }
}

/** The open invitation, for whoever says they have its link. A wrong token is counted against the address it came from. */
export async function findOrCount(ctx: RequestContext, token: string): Promise<InvitationRow> {
  const address = ctx.ipAddress ?? 'unknown'
  await ctx.limits.check('invitationByAddress', address)
  try {
    return await requireOpenInvitation(ctx.db, ctx.clock.now(), token)
  } catch (error) {
    await ctx.limits.consume('invitationByAddress', address)
    throw error
  }
}
