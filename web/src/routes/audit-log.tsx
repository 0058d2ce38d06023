import { useQuery } from '@apollo/client/react'
import { getRouteApi } from '@tanstack/react-router'
import { ConnectionPager } from '../components/connection-pager.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { TableSkeleton } from '../components/table-skeleton.tsx'
import { AuditEventFilter } from '../features/audit-log/audit-event-filter.tsx'
import { AuditEventsTable } from '../features/audit-log/audit-events-table.tsx'
import { auditVariables } from '../features/audit-log/audit-search.ts'
import { ExportMenu } from '../features/audit-log/export-menu.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'
import { pageVariables } from '../graphql/page-variables.ts'
import { PageProblem } from './page-problem.tsx'

const AuditLogPage = graphql(`
  query AuditLogPage(
    $slug: String!
    $first: Int
    $after: String
    $last: Int
    $before: String
    $type: String
    $query: String
    $from: DateTime
    $to: DateTime
  ) {
    organization(slug: $slug) {
      id
      auditEvents(
        first: $first
        after: $after
        last: $last
        before: $before
        type: $type
        query: $query
        from: $from
        to: $to
      ) {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        ...AuditEventsTable_auditEvents
      }
    }
  }
`)

const route = getRouteApi('/organizations/$slug/audit-log')

export function AuditLogRoute() {
  const { slug } = route.useParams()
  const address = route.useSearch()
  const { after: _after, before: _before, ...search } = address
  const filtered = Object.keys(search).length > 0
  const navigate = route.useNavigate()
  const { data, previousData, error, loading, refetch } = useQuery(AuditLogPage, {
    variables: { slug, ...auditVariables(search), ...pageVariables(address) },
  })
  // What the server refused is mended in the filter; who may not read the log has no use for one.
  const mayRead = error === undefined || readOperationError(error).code === 'BAD_USER_INPUT'
  const organization = (data ?? previousData)?.organization ?? null

  return (
    <>
      <PageHeader
        title="Audit log"
        lead="Every change and every sign-in, refused ones included, newest first."
        action={mayRead ? <ExportMenu slug={slug} search={search} /> : undefined}
      />
      {mayRead && (
        <AuditEventFilter
          search={search}
          onChange={(change) => void navigate({ search: { ...search, ...change }, replace: true })}
        />
      )}
      {error !== undefined ? (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      ) : organization === null ? (
        <TableSkeleton rows={8} label="Loading the audit log" />
      ) : (
        <>
          <AuditEventsTable
            auditEvents={organization.auditEvents}
            stale={loading && data === undefined}
            filtered={filtered}
            onClear={() => void navigate({ search: {}, replace: true })}
          />
          <ConnectionPager
            connection={organization.auditEvents}
            noun={['event', 'events']}
            filtered={filtered}
            onPage={(cursor) => void navigate({ search: { ...search, ...cursor } })}
          />
        </>
      )}
    </>
  )
}
