import { graphql } from '../../graphql/generated/plain/gql.ts'
import type { SignInOptionsQuery } from '../../graphql/generated/plain/graphql.ts'

export const SetupRequired = graphql(`
  query SetupRequired {
    setupRequired
  }
`)

export const SignInOptions = graphql(`
  query SignInOptions($email: String!, $returnTo: String) {
    signInOptions(input: { email: $email }) {
      email
      passwordAllowed
      entrances {
        connectionId
        connectionName
        organizationName
        loginUrl(returnTo: $returnTo)
      }
    }
  }
`)

export type SignInOptions = SignInOptionsQuery['signInOptions']

export const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      user {
        id
      }
    }
  }
`)

export const UseRecoveryCode = graphql(`
  mutation UseRecoveryCode($input: UseRecoveryCodeInput!) {
    useRecoveryCode(input: $input) {
      organization {
        slug
      }
    }
  }
`)
