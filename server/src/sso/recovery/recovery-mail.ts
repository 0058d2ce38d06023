import type { MailContent } from '../../mail/render-mail.ts'
import type { OrganizationRow } from '../../organization/organization.store.ts'

/** What every owner reads when somebody came in by a recovery code. */
export function recoveryMail(facts: {
  organization: OrganizationRow
  email: string
  at: Date
  ipAddress: string | null
  publicUrl: string
}): MailContent {
  const { organization, email, at, ipAddress, publicUrl } = facts
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return {
    subject: `${organization.name}: a recovery code was used`,
    paragraphs: [
      `A recovery code of ${email} was used on ${when}${ipAddress === null ? '' : `, from ${ipAddress}`}. It opened the settings of single sign-on of ${organization.name}, and nothing else, for 15 minutes.`,
      'If none of you did this, somebody has the code: sign in, look in the audit log at what was changed, and let its owner make new codes, which replaces the others.',
    ],
    link: { label: 'Open the audit log', url: `${publicUrl}/organizations/${organization.slug}/audit-log` },
  }
}
