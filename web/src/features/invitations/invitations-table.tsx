import { IconMail } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { InvitationRow } from './invitation-row.tsx'

export const InvitationsTable_invitations = graphql(`
  fragment InvitationsTable_invitations on InvitationConnection {
    totalCount
    nodes {
      id
      ...InvitationRow_invitation
    }
  }
`)

type Props = {
  invitations: FragmentType<typeof InvitationsTable_invitations>
  stale: boolean
  /** How to make the first one. */
  action: ReactNode
  onSentAgain: () => void
}

const columns = [
  { label: 'Address' },
  { label: 'Role', width: 200 },
  { label: 'Sent', width: 130 },
  { label: 'Expires', width: 130 },
  { label: 'Actions', hidden: true, width: 48 },
]

export function InvitationsTable({ invitations, stale, action, onSentAgain }: Props) {
  const { nodes, totalCount } = unmask(InvitationsTable_invitations, invitations)
  if (nodes.length === 0 && totalCount > 0) {
    return (
      <EmptyState icon={<IconMail size={22} />} title="No invitations on this page">
        The last one here was accepted or revoked; the others are on the first page.
      </EmptyState>
    )
  }
  if (nodes.length === 0) {
    return (
      <EmptyState icon={<IconMail size={22} />} title="No open invitations" action={action}>
        Invite people by their e-mail addresses, to a role of your choice. Each gets a link that works once, for 48
        hours. It stays in this list until it is accepted or revoked.
      </EmptyState>
    )
  }
  return (
    <DataTable caption="Open invitations to the organization" columns={columns} stale={stale}>
      {nodes.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} onSentAgain={onSentAgain} />
      ))}
    </DataTable>
  )
}
