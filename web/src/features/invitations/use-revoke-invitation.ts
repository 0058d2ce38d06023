import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const RevokeInvitation = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      revokedInvitationId
    }
  }
`)

/** Makes the link of an invitation worthless, and asks for the list again. */
export function useRevokeInvitation() {
  const [mutate] = useMutation(RevokeInvitation, {
    refetchQueries: ['InvitationsPage'],
    awaitRefetchQueries: true,
  })
  const revokeInvitation = async (invitationId: string) => {
    await mutate({ variables: { input: { invitationId } } })
  }
  return { revokeInvitation }
}
