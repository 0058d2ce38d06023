import type { RequestContext } from '../access/request-context.ts'
import { type AuditAuthor, recordAuditEvent } from '../audit/record-audit-event.ts'
import type { Tx } from '../db/client.ts'
import { violatedConstraint } from '../db/constraint-error.ts'
import { type MailContext, queueMail } from '../mail/queue-mail.ts'
import { listOwnerEmails } from '../membership/owner.store.ts'
import { findOrganization } from '../organization/organization.store.ts'
import { type DomainRow, findDomain, findVerifiedDomain, lockDomain, updateDomain } from './domain.store.ts'
import { challengeName } from './domain-view.ts'
import { planCheck } from './plan-check.ts'

export type DomainCheckContext = MailContext &
  Pick<RequestContext, 'db' | 'actor' | 'requestId' | 'ipAddress' | 'lookUpTxt'>

/** The domain as it is now, and whether its record is there while another organization has proved the domain. */
type Checked = { domain: DomainRow; taken: boolean }

/**
 * Looks the record up and stores what came of it.
 * @returns null when the domain was removed meanwhile.
 */
export async function checkDomain(ctx: DomainCheckContext, id: string, by?: AuditAuthor): Promise<Checked | null> {
  const seen = await findDomain(ctx.db, id)
  if (seen === null) return null
  const answer = await ctx.lookUpTxt(challengeName(seen.name))
  const store = (tx: Tx): Promise<Checked | null> => storeAnswer(ctx, tx, id, answer, by)
  try {
    return await ctx.db.transaction(store)
  } catch (error) {
    // Another organization proved it in the same moment: seen from now on.
    if (violatedConstraint(error) !== 'domains_verified_name_unique') throw error
    return ctx.db.transaction(store)
  }
}

async function storeAnswer(
  ctx: DomainCheckContext,
  tx: Tx,
  id: string,
  answer: Awaited<ReturnType<RequestContext['lookUpTxt']>>,
  by: AuditAuthor | undefined,
): Promise<Checked | null> {
  const before = await lockDomain(tx, id)
  if (before === null) return null
  const holder = await findVerifiedDomain(tx, before.name)
  const taken = holder !== null && holder.id !== before.id
  const after = planCheck(before, answer, taken, ctx.clock.now())
  await updateDomain(tx, after)
  const details = { domainId: id, name: after.name }
  if (before.verifiedAt === null && after.verifiedAt !== null) {
    await recordAuditEvent(ctx, tx, after.organizationId, { type: 'domain.verified', details }, by)
  }
  if (before.verifiedAt !== null && after.verifiedAt === null) {
    await recordAuditEvent(ctx, tx, after.organizationId, { type: 'domain.lost', details }, by)
    await tellOwners(ctx, tx, after)
  }
  const proved = 'records' in answer && answer.records.includes(before.challenge)
  return { domain: after, taken: taken && proved }
}

async function tellOwners(ctx: DomainCheckContext, tx: Tx, { organizationId, name }: DomainRow): Promise<void> {
  const organization = await findOrganization(tx, organizationId)
  if (organization === null) return
  const content = {
    subject: `${name} is no longer proved for ${organization.name}`,
    paragraphs: [
      `The TXT record at ${challengeName(name)} has been gone for three days, so ${name} counts no longer as a domain of ${organization.name}.`,
      'Nobody was signed out. But people with an address there are no longer led to your identity provider by it, and accounts are no longer connected by it without a proof.',
      'Make the record again, and press Check now.',
    ],
    link: { label: 'Open the settings', url: `${ctx.publicUrl}/organizations/${organization.slug}/settings` },
  }
  for (const email of await listOwnerEmails(tx, organizationId, ctx.clock.now()))
    await queueMail(ctx, tx, email, content)
}
