import { ActionIcon, Code } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { Cell, Row } from '../../components/data-table.tsx'
import { formatExact, RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './audit-event-row.module.css'

export const AuditEventRow_auditEvent = graphql(`
  fragment AuditEventRow_auditEvent on AuditEvent {
    id
    at
    type
    actor
    summary
    ipAddress
    requestId
  }
`)

/** One fact: who did what, when. The rest is a click away. */
export function AuditEventRow({ auditEvent }: { auditEvent: FragmentType<typeof AuditEventRow_auditEvent> }) {
  const event = unmask(AuditEventRow_auditEvent, auditEvent)
  const [open, setOpen] = useState(false)
  const details = useId()
  return (
    <Row align="top">
      <Cell place="title">
        <div>{event.summary}</div>
        <div className={classes['actor']}>{event.actor}</div>
        <dl id={details} className={classes['details']} hidden={!open}>
          <dt>When</dt>
          <dd>{formatExact(event.at)}</dd>
          <dt>IP address</dt>
          <dd>{event.ipAddress ?? 'Unknown'}</dd>
          <dt>Request</dt>
          <dd>
            <Code>{event.requestId}</Code>
          </dd>
          <dt>Event</dt>
          <dd>
            <Code>{event.id}</Code>
          </dd>
        </dl>
      </Cell>
      <Cell label="Type">
        <Code className={classes['type'] ?? ''}>{event.type}</Code>
      </Cell>
      <Cell label="When">
        <RelativeTime at={event.at} />
      </Cell>
      <Cell place="corner">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Details: ${event.summary}`}
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={17} aria-hidden="true" /> : <IconChevronRight size={17} aria-hidden="true" />}
        </ActionIcon>
      </Cell>
    </Row>
  )
}
