import type { GraphqlClient } from './graphql-client.ts'

export type Invited = { id: string; email: string; token: string; acceptUrl: string; expiresAt: string }

export const inviteMutation = `mutation($input: InviteMembersInput!) { inviteMembers(input: $input) {
  invitations { acceptUrl invitation { id email expiresAt } } } }`
export const resendMutation = `mutation($input: ResendInvitationInput!) { resendInvitation(input: $input) {
  acceptUrl invitation { id email expiresAt } } }`
export const revokeMutation =
  'mutation($input: RevokeInvitationInput!) { revokeInvitation(input: $input) { revokedInvitationId } }'
export const acceptMutation = `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
  membership { id role { key } roleSource joinMethod user { email name } organization { slug viewerRole { key } } } } }`
export const previewQuery = `query($token: String!) { invitation(token: $token) {
  email organizationName organizationSlug role { key } invitedBy passwordAllowed viewerIsInvited
  entrances { connectionName loginUrl(returnTo: "/invitation") } } }`

type Created = { acceptUrl: string; invitation: { id: string; email: string; expiresAt: string } }

const tokenOf = (acceptUrl: string): string => new URL(acceptUrl).searchParams.get('token') ?? ''
const toInvited = ({ acceptUrl, invitation }: Created): Invited => ({
  ...invitation,
  acceptUrl,
  token: tokenOf(acceptUrl),
})

export async function invite(
  by: GraphqlClient,
  organizationId: string,
  email: string,
  role = 'member',
): Promise<Invited> {
  const { inviteMembers } = await by.run<{ inviteMembers: { invitations: Created[] } }>(inviteMutation, {
    input: { organizationId, emails: [email], role },
  })
  const [created] = inviteMembers.invitations
  if (created === undefined) throw new Error('nobody was invited')
  return toInvited(created)
}

export async function resend(by: GraphqlClient, invitationId: string): Promise<Invited> {
  const { resendInvitation } = await by.run<{ resendInvitation: Created }>(resendMutation, { input: { invitationId } })
  return toInvited(resendInvitation)
}

export type Accepted = {
  id: string
  role: { key: string }
  roleSource: string
  joinMethod: string
  user: { email: string; name: string | null }
  organization: { slug: string; viewerRole: { key: string } | null }
}

export async function accept(
  by: GraphqlClient,
  token: string,
  rest: { name?: string; password?: string } = {},
): Promise<Accepted> {
  const { acceptInvitation } = await by.run<{ acceptInvitation: { membership: Accepted } }>(acceptMutation, {
    input: { token, ...rest },
  })
  return acceptInvitation.membership
}

/** OK, or the code and reason. */
export const acceptCode = (by: GraphqlClient, token: string, password?: string): Promise<string> =>
  by.codeOf(acceptMutation, { input: { token, ...(password !== undefined && { password }) } })
