import { useQuery } from '@apollo/client/react'
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { TableSkeleton } from '../components/table-skeleton.tsx'
import { RoleDialog } from '../features/roles/role-dialog.tsx'
import { RoleRow } from '../features/roles/role-row.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { PageProblem } from './page-problem.tsx'

const RolesPage = graphql(`
  query RolesPage($slug: String!) {
    organization(slug: $slug) {
      id
      viewerPermissions
      ...RoleDialog_organization
      roleOverview {
        role {
          id
        }
        ...RoleRow_overview
      }
    }
  }
`)

const columns = [
  { label: 'Role', width: 240 },
  { label: 'Members', width: 90 },
  { label: 'Access tokens', width: 120 },
  { label: 'Allows' },
  { label: 'Actions', hidden: true, width: 160 },
]

const route = getRouteApi('/organizations/$slug/roles')

export function RolesRoute() {
  const { slug } = route.useParams()
  const [creating, setCreating] = useState(false)
  const { data, error, refetch } = useQuery(RolesPage, { variables: { slug }, fetchPolicy: 'cache-and-network' })
  const organization = data?.organization ?? null
  const mayManage = organization?.viewerPermissions.includes('role:manage') ?? false
  return (
    <>
      <PageHeader
        title="Roles"
        lead="What members and access tokens may do here. A change holds at once for whoever has the role."
        action={mayManage ? <Button onClick={() => setCreating(true)}>New role</Button> : undefined}
      />
      {error !== undefined ? (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      ) : organization === null ? (
        <TableSkeleton rows={4} label="Loading the roles" />
      ) : (
        <DataTable caption="Roles of the organization" columns={columns}>
          {organization.roleOverview.map((overview) => (
            <RoleRow key={overview.role.id} overview={overview} organization={organization} />
          ))}
        </DataTable>
      )}
      {creating && organization !== null && (
        <RoleDialog organization={organization} before={null} onClose={() => setCreating(false)} />
      )}
    </>
  )
}
