import { IconUserSearch, IconUsers } from '@tabler/icons-react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { MemberRow } from './member-row.tsx'

export const MembersTable_memberships = graphql(`
  fragment MembersTable_memberships on MembershipConnection {
    nodes {
      id
      ...MemberRow_membership
    }
  }
`)

type Props = {
  memberships: FragmentType<typeof MembersTable_memberships>
  viewerMembershipId: string | null
  filtered: boolean
  stale: boolean
  onLeft: () => void
}

const columns = [
  { label: 'Person' },
  { label: 'Role', width: 220 },
  { label: 'Joined', width: 160 },
  { label: 'Last sign-in', width: 130 },
  { label: 'Actions', hidden: true, width: 48 },
]

export function MembersTable({ memberships, viewerMembershipId, filtered, stale, onLeft }: Props) {
  const { nodes } = unmask(MembersTable_memberships, memberships)
  if (nodes.length === 0) {
    return filtered ? (
      <EmptyState icon={<IconUserSearch size={22} />} title="Nobody matches">
        The search looks for the text anywhere in names and e-mail addresses. People appear here once they have signed
        in for the first time.
      </EmptyState>
    ) : (
      <EmptyState icon={<IconUsers size={22} />} title="No members on this page">
        Members join by signing in through single sign-on, or by accepting an invitation.
      </EmptyState>
    )
  }
  return (
    <DataTable caption="Members of the organization" columns={columns} stale={stale}>
      {nodes.map((membership) => (
        <MemberRow
          key={membership.id}
          membership={membership}
          viewerMembershipId={viewerMembershipId}
          onLeft={onLeft}
        />
      ))}
    </DataTable>
  )
}
