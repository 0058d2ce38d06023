import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { RoleMappingInput } from '../../graphql/generated/graphql.ts'

const SetRoleMappings = graphql(`
  mutation SetRoleMappings($input: SetRoleMappingsInput!) {
    setRoleMappings(input: $input) {
      connection {
        __typename
        id
        ...RoleRulesSection_connection
      }
    }
  }
`)

/** Puts rules in the place of those that were seen at a revision. */
export function useSetRoleMappings(connectionId: string) {
  const [mutate, { loading }] = useMutation(SetRoleMappings)
  const setRoleMappings = async (mappings: RoleMappingInput[], expectedRevision: number) => {
    await mutate({ variables: { input: { connectionId, expectedRevision, mappings } } })
  }
  return { setRoleMappings, loading }
}
