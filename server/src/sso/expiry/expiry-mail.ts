import { days } from '../../core/clock.ts'
import type { MailContent } from '../../mail/render-mail.ts'
import type { OrganizationRow } from '../../organization/organization.store.ts'
import type { IdpCertificate } from '../saml/certificate.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'

type Facts = {
  organization: OrganizationRow
  connection: SamlConnectionRow
  certificate: IdpCertificate
  /** The others that the connection trusts. */
  others: readonly IdpCertificate[]
  /** How many certificates wait for an owner to trust them. */
  staged: number
  now: Date
  publicUrl: string
}

const date = (at: Date): string => at.toISOString().slice(0, 10)

function timeLeft(notAfter: Date, now: Date): string {
  const left = Math.ceil((notAfter.getTime() - now.getTime()) / days(1))
  return left <= 1 ? 'within a day' : `in ${left} days`
}

function whatToDo({ certificate, others, staged }: Facts): string {
  if (staged > 0) {
    return 'The metadata of the identity provider announces a new certificate already. Open the connection, compare its fingerprint, and trust it. Remove the old one when sign-ins no longer use it.'
  }
  const next = others.find(({ notAfter }) => notAfter > certificate.notAfter)
  if (next !== undefined) {
    return `Another certificate of the connection is valid until ${date(next.notAfter)} (${next.subject}). If the identity provider signs with that one now, remove the old one.`
  }
  return 'Ask whoever runs the identity provider for the next certificate, and add it beside the old one before they change over.'
}

/** What the owners read before a certificate ends. */
export function expiryMail(facts: Facts): MailContent {
  const { organization, connection, certificate, now, publicUrl } = facts
  const when = timeLeft(certificate.notAfter, now)
  return {
    subject: `${connection.name}: a certificate expires ${when}`,
    paragraphs: [
      `The certificate ${certificate.subject}, which the identity provider of ${organization.name} signs with for the SSO connection ${connection.name}, expires on ${date(certificate.notAfter)}, ${when}.`,
      'Its key keeps working here after that day. But the identity provider will change to a new one, and from then on sign-ins fail until the new certificate is trusted here.',
      whatToDo(facts),
      `SHA-256 fingerprint: ${certificate.fingerprintSha256}`,
    ],
    link: {
      label: 'Open the connection',
      url: `${publicUrl}/organizations/${organization.slug}/settings/sso/${connection.id}`,
    },
  }
}
