import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const SetMemberSuspended = graphql(`
  mutation SetMemberSuspended($input: SetMemberSuspendedInput!) {
    setMemberSuspended(input: $input) {
      membership {
        id
        ...MemberRow_membership
      }
    }
  }
`)

export function useSetMemberSuspended() {
  const [mutate, { loading }] = useMutation(SetMemberSuspended)
  const setMemberSuspended = async (membershipId: string, suspended: boolean) => {
    await mutate({ variables: { input: { membershipId, suspended } } })
  }
  return { setMemberSuspended, loading }
}
