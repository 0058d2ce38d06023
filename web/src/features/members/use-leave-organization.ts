import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const LeaveOrganization = graphql(`
  mutation LeaveOrganization($input: LeaveOrganizationInput!) {
    leaveOrganization(input: $input) {
      leftOrganizationId
    }
  }
`)

/** Ends the viewer's own membership, and forgets everything that only members may see. */
export function useLeaveOrganization() {
  const [mutate, { client }] = useMutation(LeaveOrganization)
  return async (organizationId: string) => {
    await mutate({ variables: { input: { organizationId } } })
    await client.clearStore()
  }
}
