import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      redirectUrl
    }
  }
`)

/**
 * Ends the session, then loads the page that comes next afresh: nothing of the session stays in memory. That is `next`,
 * unless the identity provider has to hear of it first.
 */
export function useSignOut() {
  const [mutate, { loading, error }] = useMutation(SignOut)
  const signOut = async (next = '/sign-in') => {
    const { data } = await mutate()
    location.assign(data?.signOut.redirectUrl ?? next)
  }
  return { signOut, loading, error }
}
