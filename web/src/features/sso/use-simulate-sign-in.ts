import { useApolloClient } from '@apollo/client/react'
import { useState } from 'react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { SimulateSignInInput } from '../../graphql/generated/graphql.ts'

const SimulateSignIn = graphql(`
  query SimulateSignIn($input: SimulateSignInInput!) {
    simulateSignIn(input: $input) {
      email
      account
      currentRole {
        id
        name
      }
      role {
        id
        name
      }
      checks {
        name
        title
        passed
        actual
      }
    }
  }
`)

/** Asks what a sign-in would do now. The answer goes into no cache: a moment later it may be another one. */
export function useSimulateSignIn() {
  const client = useApolloClient()
  const [loading, setLoading] = useState(false)
  const simulate = async (input: SimulateSignInInput) => {
    setLoading(true)
    try {
      const { data } = await client.query({ query: SimulateSignIn, variables: { input }, fetchPolicy: 'no-cache' })
      return data?.simulateSignIn ?? null
    } finally {
      setLoading(false)
    }
  }
  return { simulate, loading }
}

export type Simulation = NonNullable<Awaited<ReturnType<ReturnType<typeof useSimulateSignIn>['simulate']>>>
