import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const SetSsoConnectionEnabled = graphql(`
  mutation SetSsoConnectionEnabled($input: SetSsoConnectionEnabledInput!) {
    setSsoConnectionEnabled(input: $input) {
      connection {
        id
        revision
        updatedAt
        ...ConnectionStatusBadge_connection
      }
    }
  }
`)

export function useSetSsoConnectionEnabled() {
  const [mutate, { loading }] = useMutation(SetSsoConnectionEnabled)
  const setSsoConnectionEnabled = async (connectionId: string, enabled: boolean) => {
    await mutate({ variables: { input: { connectionId, enabled } } })
  }
  return { setSsoConnectionEnabled, loading }
}
