import { useQuery } from '@apollo/client/react'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { ConnectionPager } from '../components/connection-pager.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { TableSkeleton } from '../components/table-skeleton.tsx'
import { InvitePeople } from '../features/invitations/invite-people.tsx'
import { PeopleTabs } from '../features/invitations/people-tabs.tsx'
import { MemberFilter } from '../features/members/member-filter.tsx'
import { MembersTable } from '../features/members/members-table.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'
import { pageVariables } from '../graphql/page-variables.ts'
import { PageProblem } from './page-problem.tsx'

const MembersPage = graphql(`
  query MembersPage(
    $slug: String!
    $first: Int
    $after: String
    $last: Int
    $before: String
    $query: String
    $role: String
    $usedSso: Boolean
  ) {
    organization(slug: $slug) {
      id
      viewerMembership {
        id
      }
      ...PeopleTabs_organization
      ...InvitePeople_organization
      ...MemberFilter_organization
      memberships(first: $first, after: $after, last: $last, before: $before, query: $query, role: $role, usedSso: $usedSso) {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        ...MembersTable_memberships
      }
    }
  }
`)

const route = getRouteApi('/organizations/$slug/members')

/** Where the server stops to count what a search finds: schema.graphql says so at Organization.memberships. */
const mostCounted = 1000

export function MembersRoute() {
  const { slug } = route.useParams()
  const { q, role, sso, ...page } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, previousData, error, loading, refetch } = useQuery(MembersPage, {
    variables: {
      slug,
      query: q ?? null,
      role: role ?? null,
      usedSso: sso === undefined ? null : sso === 'used',
      ...pageVariables(page),
    },
  })
  const organization = (data ?? previousData)?.organization ?? null
  const chosen = { ...(q && { q }), ...(role && { role }), ...(sso && { sso }) }
  const filtered = q !== undefined || role !== undefined || sso !== undefined
  const filter = (change: { q?: string; role?: string; sso?: string }) =>
    void navigate({ search: { ...chosen, ...change }, replace: true })

  // Every role may see the members. Who may not has come in to repair single sign-on.
  if (error !== undefined && readOperationError(error).permission === 'member:read') {
    return <Navigate to="/organizations/$slug/settings" params={{ slug }} replace />
  }
  return (
    <>
      <PageHeader
        title="Members"
        lead="Whoever signs in through single sign-on or accepts an invitation becomes a member. Their role decides what they may do here."
        action={organization !== null && <InvitePeople organization={organization} />}
      />
      {error === undefined ? (
        <>
          {organization === null ? (
            <TableSkeleton rows={8} label="Loading the members" />
          ) : (
            <>
              <PeopleTabs organization={organization} />
              <MemberFilter
                organization={organization}
                query={q ?? ''}
                role={role ?? ''}
                onQuery={(text) => filter({ q: text.trim() })}
                onRole={(key) => filter({ role: key })}
                sso={sso ?? ''}
                onSso={(used) => filter({ sso: used })}
              />
              <MembersTable
                memberships={organization.memberships}
                viewerMembershipId={organization.viewerMembership?.id ?? null}
                filtered={filtered}
                stale={loading && data === undefined}
                onLeft={() => void navigate({ to: '/', replace: true })}
              />
              <ConnectionPager
                connection={organization.memberships}
                noun={['member', 'members']}
                countsAtMost={q === undefined && sso === undefined ? Number.POSITIVE_INFINITY : mostCounted}
                filtered={filtered}
                onPage={(cursor) => void navigate({ search: { ...chosen, ...cursor } })}
              />
            </>
          )}
        </>
      ) : (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      )}
    </>
  )
}
