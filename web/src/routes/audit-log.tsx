import { useQuery } from '@apollo/client/react'
import { getRouteApi } from '@tanstack/react-router'
import { ConnectionPager } from '../components/connection-pager.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { TableSkeleton } from '../components/table-skeleton.tsx'
import { AuditEventsTable } from '../features/audit-log/audit-events-table.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { pageVariables } from '../graphql/page-variables.ts'
import { PageProblem } from './page-problem.tsx'

const AuditLogPage = graphql(`
  query AuditLogPage($slug: String!, $first: Int, $after: String, $last: Int, $before: String) {
    organization(slug: $slug) {
      id
      auditEvents(first: $first, after: $after, last: $last, before: $before) {
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
  const page = route.useSearch()
  const navigate = route.useNavigate()
  const { data, previousData, error, loading, refetch } = useQuery(AuditLogPage, {
    variables: { slug, ...pageVariables(page) },
  })
  const organization = (data ?? previousData)?.organization ?? null

  return (
    <>
      <PageHeader title="Audit log" lead="Every change and every sign-in, refused ones included, newest first." />
      {error !== undefined ? (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      ) : organization === null ? (
        <TableSkeleton rows={8} label="Loading the audit log" />
      ) : (
        <>
          <AuditEventsTable auditEvents={organization.auditEvents} stale={loading && data === undefined} />
          <ConnectionPager
            connection={organization.auditEvents}
            noun={['event', 'events']}
            onPage={(cursor) => void navigate({ search: cursor })}
          />
        </>
      )}
    </>
  )
}
