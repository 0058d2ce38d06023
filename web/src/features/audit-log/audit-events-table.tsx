import { Button } from '@mantine/core'
import { IconHistory, IconSearch } from '@tabler/icons-react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { AuditEventRow } from './audit-event-row.tsx'

export const AuditEventsTable_auditEvents = graphql(`
  fragment AuditEventsTable_auditEvents on AuditEventConnection {
    nodes {
      id
      ...AuditEventRow_auditEvent
    }
  }
`)

type Props = {
  auditEvents: FragmentType<typeof AuditEventsTable_auditEvents>
  stale: boolean
  filtered: boolean
  onClear: () => void
}

const columns = [
  { label: 'What happened' },
  { label: 'Type', width: 230 },
  { label: 'When', width: 130 },
  { label: 'Details', hidden: true, width: 48 },
]

export function AuditEventsTable({ auditEvents, stale, filtered, onClear }: Props) {
  const { nodes } = unmask(AuditEventsTable_auditEvents, auditEvents)
  if (nodes.length === 0 && filtered) {
    const clear = (
      <Button variant="default" onClick={onClear}>
        Show everything
      </Button>
    )
    return (
      <EmptyState icon={<IconSearch size={22} />} title="Nothing matches" action={clear}>
        No event of this kind, with this text and in these days is on this page.
      </EmptyState>
    )
  }
  if (nodes.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={22} />} title="Nothing on this page">
        Every change and every sign-in, refused ones included, is listed here, newest first.
      </EmptyState>
    )
  }
  return (
    <DataTable caption="Audit events of the organization" columns={columns} stale={stale}>
      {nodes.map((event) => (
        <AuditEventRow key={event.id} auditEvent={event} />
      ))}
    </DataTable>
  )
}
