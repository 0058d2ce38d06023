import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const RevokeAccessToken = graphql(`
  mutation RevokeAccessToken($input: RevokeAccessTokenInput!) {
    revokeAccessToken(input: $input) {
      revokedAccessTokenId
    }
  }
`)

/** Afterwards the lists that showed the token are read again. */
export function useRevokeAccessToken() {
  const [mutate] = useMutation(RevokeAccessToken, { refetchQueries: ['AccessTokensPage'], awaitRefetchQueries: true })
  const revokeAccessToken = async (accessTokenId: string) => {
    await mutate({ variables: { input: { accessTokenId } } })
  }
  return { revokeAccessToken }
}
