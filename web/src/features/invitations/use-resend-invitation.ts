import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { InvitationLink } from './use-invite-members.ts'

const ResendInvitation = graphql(`
  mutation ResendInvitation($input: ResendInvitationInput!) {
    resendInvitation(input: $input) {
      acceptUrl
      mailed
      invitation {
        id
        email
      }
    }
  }
`)

/** Resolves to the new link, in a list as inviting does. */
export function useResendInvitation() {
  const [mutate] = useMutation(ResendInvitation, { fetchPolicy: 'no-cache' })
  const resendInvitation = async (invitationId: string): Promise<InvitationLink[]> => {
    const { data } = await mutate({ variables: { input: { invitationId } } })
    if (data === undefined || data === null) return []
    const { acceptUrl, mailed, invitation } = data.resendInvitation
    return [{ email: invitation.email, acceptUrl, mailed }]
  }
  return { resendInvitation }
}
