import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const DeleteRole = graphql(`
  mutation DeleteRole($input: DeleteRoleInput!) {
    deleteRole(input: $input) {
      deletedRoleId
    }
  }
`)

/** Deletes a role; whoever has it gets the other one. Afterwards the list is read again. */
export function useDeleteRole() {
  const [mutate] = useMutation(DeleteRole, { refetchQueries: ['RolesPage'], awaitRefetchQueries: true })
  return async (roleId: string, reassignTo: string | null) => {
    await mutate({ variables: { input: { roleId, reassignTo } } })
  }
}
