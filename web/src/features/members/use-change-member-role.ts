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

/** What is absent is as usual for another role, and stays for the same one. */
type Terms = { pinned?: boolean; expiresAt?: string | null }

/** Gives a member another role, or other terms with it. The list is asked again: what may be done to the others can depend on it. */
export function useChangeMemberRole() {
  const [mutate, { loading }] = useMutation(ChangeMemberRole, {
    refetchQueries: ['MembersPage', 'OrganizationFrame'],
    awaitRefetchQueries: true,
  })
  const changeMemberRole = async (membershipId: string, role: string, terms: Terms = {}) => {
    await mutate({ variables: { input: { membershipId, role, ...terms } } })
  }
  return { changeMemberRole, loading }
}
