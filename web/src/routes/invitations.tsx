import { useQuery } from '@apollo/client/react'
import { getRouteApi } from '@tanstack/react-router'
import { ConnectionPager } from '../components/connection-pager.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { TableSkeleton } from '../components/table-skeleton.tsx'
import { InvitationsTable } from '../features/invitations/invitations-table.tsx'
import { InvitePeople } from '../features/invitations/invite-people.tsx'
import { PeopleTabs } from '../features/invitations/people-tabs.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { pageVariables } from '../graphql/page-variables.ts'
import { PageProblem } from './page-problem.tsx'

const InvitationsPage = graphql(`
  query InvitationsPage($slug: String!, $first: Int, $after: String, $last: Int, $before: String) {
    organization(slug: $slug) {
      id
      ...PeopleTabs_organization
      ...InvitePeople_organization
      invitations(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        ...InvitationsTable_invitations
      }
    }
  }
`)

const route = getRouteApi('/organizations/$slug/invitations')

export function InvitationsRoute() {
  const { slug } = route.useParams()
  const page = route.useSearch()
  const navigate = route.useNavigate()
  const { data, previousData, error, loading, refetch } = useQuery(InvitationsPage, {
    variables: { slug, ...pageVariables(page) },
  })
  const organization = (data ?? previousData)?.organization ?? null
  const isEmpty = organization?.invitations.totalCount === 0
  const invite = organization !== null && <InvitePeople organization={organization} onInvited={() => void refetch()} />

  return (
    <>
      <PageHeader
        title="Invitations"
        lead="Whoever was invited and has not joined yet."
        action={isEmpty ? undefined : invite}
      />
      {error !== undefined ? (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      ) : organization === null ? (
        <TableSkeleton rows={4} label="Loading the invitations" />
      ) : (
        <>
          <PeopleTabs organization={organization} />
          <InvitationsTable
            invitations={organization.invitations}
            stale={loading && data === undefined}
            action={invite}
            onSentAgain={() => void refetch()}
          />
          {!isEmpty && (
            <ConnectionPager
              connection={organization.invitations}
              noun={['invitation', 'invitations']}
              onPage={(cursor) => void navigate({ search: cursor })}
            />
          )}
        </>
      )}
    </>
  )
}
