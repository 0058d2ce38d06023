import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import { forgetInvitation } from './kept-invitation.ts'

const AcceptInvitation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      membership {
        id
        organization {
          id
          slug
          name
          viewerRole {
            id
          }
        }
      }
    }
  }
`)

/** The organization that was joined; `entered` is false when the session is one of another organization alone. */
export type Joined = { slug: string; entered: boolean }

/** Accepts, forgets the link, and everything that was known of the viewer before. */
export function useAcceptInvitation() {
  const [mutate, { loading, client }] = useMutation(AcceptInvitation, { fetchPolicy: 'no-cache' })
  const acceptInvitation = async (input: {
    token: string
    name?: string | null
    password?: string
  }): Promise<Joined | null> => {
    const { data } = await mutate({ variables: { input } })
    forgetInvitation()
    await client.clearStore()
    if (data === undefined || data === null) return null
    const { slug, viewerRole } = data.acceptInvitation.membership.organization
    return { slug, entered: viewerRole !== null }
  }
  return { acceptInvitation, loading }
}
