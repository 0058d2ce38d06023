import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      user {
        id
        email
        name
      }
    }
  }
`)

/** Signs in with a password. Forgets whatever an earlier session left in the cache. */
export function useSignIn() {
  const [mutate, { loading, error, client }] = useMutation(SignIn)
  const signIn = async (input: { email: string; password: string }) => {
    await mutate({ variables: { input } })
    await client.clearStore()
  }
  return { signIn, loading, error }
}
