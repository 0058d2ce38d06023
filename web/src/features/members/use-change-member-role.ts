import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const ChangeMemberRole = graphql(`
  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      membership {
        id
        ...MemberRow_membership
      }
    }
  }
`)

/** Gives a member another role. The list is asked again: what may be done to the others can depend on it. */
export function useChangeMemberRole() {
  const [mutate, { loading }] = useMutation(ChangeMemberRole, {
    refetchQueries: ['MembersPage', 'OrganizationFrame'],
    awaitRefetchQueries: true,
  })
  const changeMemberRole = async (membershipId: string, role: string) => {
    await mutate({ variables: { input: { membershipId, role } } })
  }
  return { changeMemberRole, loading }
}
