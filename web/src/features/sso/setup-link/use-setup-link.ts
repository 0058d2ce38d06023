import { useMutation } from '@apollo/client/react'
import { graphql } from '../../../graphql/generated/gql.ts'

const CreateSetupLink = graphql(`
  mutation CreateSetupLink($input: CreateSetupLinkInput!) {
    createSetupLink(input: $input) {
      url
      connection {
        ...HandOver_connection
      }
    }
  }
`)

const RevokeSetupLink = graphql(`
  mutation RevokeSetupLink($input: RevokeSetupLinkInput!) {
    revokeSetupLink(input: $input) {
      connection {
        ...HandOver_connection
      }
    }
  }
`)

export function useSetupLink(connectionId: string) {
  const [create, { loading: creating }] = useMutation(CreateSetupLink)
  const [revoke, { loading: revoking }] = useMutation(RevokeSetupLink)
  const variables = { input: { connectionId } }
  return {
    create: async () => (await create({ variables })).data?.createSetupLink.url ?? null,
    revoke: () => revoke({ variables }),
    busy: creating || revoking,
  }
}
