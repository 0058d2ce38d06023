import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const EndMemberSessions = graphql(`
  mutation EndMemberSessions($input: EndMemberSessionsInput!) {
    endMemberSessions(input: $input) {
      endedSessions
    }
  }
`)

/** @returns how many sessions ended. */
export function useEndMemberSessions() {
  const [mutate] = useMutation(EndMemberSessions)
  return async (membershipId: string): Promise<number> => {
    const { data } = await mutate({ variables: { input: { membershipId } } })
    return data?.endMemberSessions.endedSessions ?? 0
  }
}
