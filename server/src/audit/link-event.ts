type InvitationDetails = { invitationId: string; email: string; role: string }
type SetupLinkDetails = { connectionId: string; name: string }

/** What happens to links that are handed out: to join, and to set up a connection. */
export type LinkEventInput =
  | { type: 'invitation.created'; details: InvitationDetails }
  | { type: 'invitation.resent'; details: InvitationDetails }
  | { type: 'invitation.revoked'; details: { invitationId: string; email: string } }
  | { type: 'invitation.accepted'; details: { invitationId: string; email: string } }
  | { type: 'setupLink.created'; details: SetupLinkDetails }
  | { type: 'setupLink.revoked'; details: SetupLinkDetails }

export function summarizeLinkEvent(event: LinkEventInput): string {
  switch (event.type) {
    case 'invitation.created':
      return `Invited ${event.details.email} as ${event.details.role}.`
    case 'invitation.resent':
      return `Sent the invitation of ${event.details.email} as ${event.details.role} again.`
    case 'invitation.revoked':
      return `Revoked the invitation of ${event.details.email}.`
    case 'invitation.accepted':
      return `${event.details.email} accepted the invitation.`
    case 'setupLink.created':
      return `Made a link to set up the SSO connection ${event.details.name}.`
    case 'setupLink.revoked':
      return `Revoked the link to set up the SSO connection ${event.details.name}.`
    default:
      return event satisfies never
  }
}
