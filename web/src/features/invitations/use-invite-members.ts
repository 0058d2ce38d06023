import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const InviteMembers = graphql(`
  mutation InviteMembers($input: InviteMembersInput!) {
    inviteMembers(input: $input) {
      invitations {
        acceptUrl
        mailed
        invitation {
          id
          email
        }
      }
    }
  }
`)

/** A new link, which is shown once and kept nowhere. */
export type InvitationLink = { email: string; acceptUrl: string; mailed: boolean }

/** Resolves to the links, in the order of the addresses. */
export function useInviteMembers() {
  const [mutate, { loading }] = useMutation(InviteMembers, { fetchPolicy: 'no-cache' })
  const inviteMembers = async (input: {
    organizationId: string
    emails: string[]
    role: string
  }): Promise<InvitationLink[]> => {
    const { data } = await mutate({ variables: { input } })
    return (data?.inviteMembers.invitations ?? []).map(({ acceptUrl, mailed, invitation }) => ({
      email: invitation.email,
      acceptUrl,
      mailed,
    }))
  }
  return { inviteMembers, loading }
}
