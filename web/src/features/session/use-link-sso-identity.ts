import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const LinkSsoIdentity = graphql(`
  mutation LinkSsoIdentity($input: LinkSsoIdentityInput!) {
    linkSsoIdentity(input: $input) {
      user {
        id
        email
        name
      }
      returnPath
    }
  }
`)

/** Connects the identity to the existing user. Returns the path where the person wanted to go. */
export function useLinkSsoIdentity() {
  const [mutate, { loading, client }] = useMutation(LinkSsoIdentity)
  const linkSsoIdentity = async (input: { token: string; password: string | null }): Promise<string> => {
    const { data } = await mutate({ variables: { input } })
    await client.clearStore()
    return data?.linkSsoIdentity.returnPath ?? '/'
  }
  return { linkSsoIdentity, loading }
}
