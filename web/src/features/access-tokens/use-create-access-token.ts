import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const CreateAccessToken = graphql(`
  mutation CreateAccessToken($input: CreateAccessTokenInput!) {
    createAccessToken(input: $input) {
      secret
      accessToken {
        id
        name
        ...AccessTokenRow_accessToken
      }
    }
  }
`)

export type NewAccessToken = { organizationId: string; name: string; role: string; expiresAt: string | null }

/** Resolves to the secret, which is shown once and kept nowhere. */
export function useCreateAccessToken() {
  const [mutate, { loading }] = useMutation(CreateAccessToken, { fetchPolicy: 'no-cache' })
  const createAccessToken = async (input: NewAccessToken): Promise<string> => {
    const { data } = await mutate({ variables: { input } })
    return data?.createAccessToken.secret ?? ''
  }
  return { createAccessToken, loading }
}
