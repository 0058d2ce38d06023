import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { SpKeyUse } from '../../graphql/generated/graphql.ts'

const RotateSpKey = graphql(`
  mutation RotateSpKey($input: RotateSpKeyInput!) {
    rotateSpKey(input: $input) {
      connection {
        id
        ...OurCertificates_connection
      }
    }
  }
`)

export function useRotateSpKey() {
  const [mutate] = useMutation(RotateSpKey)
  return async (connectionId: string, use: SpKeyUse) => {
    await mutate({ variables: { input: { connectionId, use } } })
  }
}
