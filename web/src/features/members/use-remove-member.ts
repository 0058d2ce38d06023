import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const RemoveMember = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      removedMembershipId
    }
  }
`)

export function useRemoveMember() {
  const [mutate] = useMutation(RemoveMember, { refetchQueries: ['MembersPage'], awaitRefetchQueries: true })
  return async (membershipId: string, takeOverAccessTokens: boolean) => {
    await mutate({ variables: { input: { membershipId, takeOverAccessTokens } } })
  }
}
