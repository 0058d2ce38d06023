import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const EndSession = graphql(`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      endedSessionId
    }
  }
`)

const EndOtherSessions = graphql(`
  mutation EndOtherSessions {
    endOtherSessions {
      endedSessionIds
    }
  }
`)

/** Afterwards the list is read again. */
export function useEndSessions() {
  const again = { refetchQueries: ['YourSessionsPage'], awaitRefetchQueries: true }
  const [one] = useMutation(EndSession, again)
  const [others] = useMutation(EndOtherSessions, again)
  return {
    endSession: async (sessionId: string) => {
      await one({ variables: { input: { sessionId } } })
    },
    endOtherSessions: async (): Promise<number> => {
      const { data } = await others()
      return data?.endOtherSessions.endedSessionIds.length ?? 0
    },
  }
}
