import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const CreateRole = graphql(`
  mutation CreateRole($input: CreateRoleInput!) {
    createRole(input: $input) {
      role {
        id
      }
    }
  }
`)

const UpdateRole = graphql(`
  mutation UpdateRole($input: UpdateRoleInput!) {
    updateRole(input: $input) {
      role {
        id
        name
        permissions
        revision
      }
    }
  }
`)

type Values = { name: string; permissions: string[] }

/** Makes a role, or changes one that was seen at a revision. Afterwards the list is read again. */
export function useSaveRole(organizationId: string, role: { id: string; revision: number | null } | null) {
  const again = { refetchQueries: ['RolesPage', 'OrganizationFrame'], awaitRefetchQueries: true }
  const [create, { loading: creating }] = useMutation(CreateRole, again)
  const [update, { loading: updating }] = useMutation(UpdateRole, again)
  const saveRole = async (values: Values) => {
    if (role === null) await create({ variables: { input: { organizationId, ...values } } })
    else await update({ variables: { input: { roleId: role.id, expectedRevision: role.revision, ...values } } })
  }
  return { saveRole, loading: creating || updating }
}
