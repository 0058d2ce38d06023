import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      redirectUrl
    }
  }
`)

/** Ends the session, then loads the page that comes next afresh: nothing of the session stays in memory. */
export function useSignOut() {
  const [mutate, { loading, error }] = useMutation(SignOut)
  const signOut = async () => {
    const { data } = await mutate()
    location.assign(data?.signOut.redirectUrl ?? '/sign-in')
  }
  return { signOut, loading, error }
}
