import { useApolloClient, useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const ForeseeSessionPolicy = graphql(`
  query ForeseeSessionPolicy($slug: String!, $idleMinutes: Int, $lifetimeMinutes: Int) {
    organization(slug: $slug) {
      id
      foreseeSessionPolicy(idleMinutes: $idleMinutes, lifetimeMinutes: $lifetimeMinutes) {
        endingSessions
        endsOwn
      }
    }
  }
`)

const SetSessionPolicy = graphql(`
  mutation SetSessionPolicy($input: SetSessionPolicyInput!) {
    setSessionPolicy(input: $input) {
      endedSessions
      organization {
        id
        ...SessionPolicyForm_organization
      }
    }
  }
`)

/** Null: the usual time. */
export type SessionTimes = { idleMinutes: number | null; lifetimeMinutes: number | null }

/** What a policy would do to open sessions, and to make it the policy. */
export function useSessionPolicy(slug: string, organizationId: string) {
  const client = useApolloClient()
  const [mutate] = useMutation(SetSessionPolicy)
  return {
    foresee: async (times: SessionTimes) => {
      const variables = { slug, ...times }
      const { data } = await client.query({ query: ForeseeSessionPolicy, variables, fetchPolicy: 'no-cache' })
      return data?.organization?.foreseeSessionPolicy ?? { endingSessions: 0, endsOwn: false }
    },
    /** @returns how many sessions ended by it. */
    save: async (times: SessionTimes): Promise<number> => {
      const { data } = await mutate({ variables: { input: { organizationId, ...times } } })
      return data?.setSessionPolicy.endedSessions ?? 0
    },
  }
}
