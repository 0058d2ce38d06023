import { useApolloClient } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { SignInOptionsQuery } from '../../graphql/generated/graphql.ts'

export const SignInOptions = graphql(`
  query SignInOptions($email: String!, $returnTo: String) {
    signInOptions(input: { email: $email }) {
      email
      passwordAllowed
      entrances {
        organizationName
        ...EntranceList_entrance
      }
    }
  }
`)

/** Asks the server anew how an address signs in; the answer stays in the cache for the step that follows. */
export function useFindSignInOptions(returnTo: string | null) {
  const client = useApolloClient()
  return async (email: string): Promise<SignInOptionsQuery['signInOptions']> => {
    const variables = { email, returnTo }
    const { data } = await client.query({ query: SignInOptions, variables, fetchPolicy: 'network-only' })
    if (data === undefined) throw new Error('the server gave no sign-in options')
    // The next step asks with the address as the server compares it.
    client.writeQuery({ query: SignInOptions, variables: { ...variables, email: data.signInOptions.email }, data })
    return data.signInOptions
  }
}
