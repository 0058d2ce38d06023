import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const TakeOverAccessToken = graphql(`
  mutation TakeOverAccessToken($input: TakeOverAccessTokenInput!) {
    takeOverAccessToken(input: $input) {
      accessToken {
        id
        viewerCanTakeOver
        createdBy {
          id
          name
          email
        }
      }
    }
  }
`)

/** Whoever is signed in answers for the token from now on. */
export function useTakeOverAccessToken() {
  const [mutate] = useMutation(TakeOverAccessToken)
  return async (accessTokenId: string) => {
    await mutate({ variables: { input: { accessTokenId } } })
  }
}
