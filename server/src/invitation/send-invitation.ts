import { requireActor } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { hours, plus } from '../core/clock.ts'
import { createId } from '../core/ids.ts'
import { randomSecret, sha256 } from '../core/secrets.ts'
import type { Tx } from '../db/client.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { findInvitation, type InvitationRow, upsertInvitation } from '../membership/invitation.store.ts'
import { type InvitationView, invitedRole, viewInvitation } from './invitation-view.ts'

/** How long a link lets somebody in. */
const lifetime = hours(48)

/** With the link, which is in this answer and in the mail, and nowhere else: only a hash is kept. */
export type CreatedInvitation = { invitation: InvitationView; acceptUrl: string; mailed: boolean }

/** The person who answers for what the actor sends: of an access token, its maker. */
export function inviterId(ctx: RequestContext): string {
  const actor = requireActor(ctx)
  return actor.kind === 'user' ? actor.userId : actor.createdByUserId
}

/** Makes an invitation with a new link, or gives the one to this address a new link; and mails it. */
export async function sendInvitation(
  ctx: RequestContext,
  tx: Tx,
  { organizationId, email, role }: { organizationId: string; email: string; role: string },
  type: 'invitation.created' | 'invitation.resent',
): Promise<CreatedInvitation> {
  const now = ctx.clock.now()
  const token = randomSecret()
  const id = await upsertInvitation(tx, {
    id: createId('inv', now),
    organizationId,
    email,
    role,
    tokenHash: sha256(token),
    invitedByUserId: inviterId(ctx),
    sentAt: now,
    expiresAt: plus(now, lifetime),
  })
  await recordAuditEvent(ctx, tx, organizationId, { type, details: { invitationId: id, email, role } })
  const row = await findInvitation(tx, id)
  if (row === null) throw new Error('the invitation is gone in the transaction that made it')
  const acceptUrl = `${ctx.publicUrl}/invitation?token=${token}`
  await queueMail(ctx, tx, email, mailOf(row, acceptUrl))
  return { invitation: viewInvitation(row, now), acceptUrl, mailed: ctx.sendsMail }
}

function mailOf(row: InvitationRow, acceptUrl: string) {
  const { organization, invitedBy } = row
  const inviter = invitedBy.name === null ? invitedBy.email : `${invitedBy.name} (${invitedBy.email})`
  return {
    subject: `You are invited to join ${organization.name}`,
    paragraphs: [
      `${inviter} invites you to join ${organization.name} as ${invitedRole(row).name}.`,
      'The link below works once, for 48 hours. It is meant for you alone: do not pass this mail on.',
      'If you do not know what this is about, you need do nothing.',
    ],
    link: { label: `Join ${organization.name}`, url: acceptUrl },
  }
}
