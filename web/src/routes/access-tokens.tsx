import { useQuery } from '@apollo/client/react'
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ConnectionPager } from '../components/connection-pager.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { TableSkeleton } from '../components/table-skeleton.tsx'
import { AccessTokensTable } from '../features/access-tokens/access-tokens-table.tsx'
import { CreateAccessTokenDialog } from '../features/access-tokens/create-access-token-dialog.tsx'
import { HowToSend } from '../features/access-tokens/how-to-send.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { pageVariables } from '../graphql/page-variables.ts'
import { PageProblem } from './page-problem.tsx'

const AccessTokensPage = graphql(`
  query AccessTokensPage($slug: String!, $first: Int, $after: String, $last: Int, $before: String) {
    organization(slug: $slug) {
      id
      viewerPermissions
      ...AccessTokenForm_organization
      accessTokens(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        ...AccessTokensTable_accessTokens
      }
    }
  }
`)

const route = getRouteApi('/organizations/$slug/access-tokens')

export function AccessTokensRoute() {
  const { slug } = route.useParams()
  const page = route.useSearch()
  const navigate = route.useNavigate()
  const [creating, setCreating] = useState(false)
  const { data, previousData, error, loading, refetch } = useQuery(AccessTokensPage, {
    variables: { slug, ...pageVariables(page) },
  })
  const organization = (data ?? previousData)?.organization ?? null
  const mayManage = organization?.viewerPermissions.includes('accessToken:manage') ?? false
  const create = mayManage ? <Button onClick={() => setCreating(true)}>New token</Button> : undefined
  const isEmpty = organization?.accessTokens.totalCount === 0

  return (
    <>
      <PageHeader
        title="Access tokens"
        lead="For automation over GraphQL. A token acts in this organization alone, within its role and its maker’s."
        action={isEmpty ? undefined : create}
      />
      {error !== undefined ? (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      ) : organization === null ? (
        <TableSkeleton rows={4} label="Loading the access tokens" />
      ) : (
        <>
          <AccessTokensTable
            accessTokens={organization.accessTokens}
            mayManage={mayManage}
            stale={loading && data === undefined}
            action={create}
          />
          {!isEmpty && (
            <ConnectionPager
              connection={organization.accessTokens}
              noun={['access token', 'access tokens']}
              onPage={(cursor) => void navigate({ search: cursor })}
            />
          )}
          <HowToSend />
        </>
      )}
      {creating && organization !== null && (
        <CreateAccessTokenDialog
          organization={organization}
          onClose={() => setCreating(false)}
          onCreated={() => void refetch()}
        />
      )}
    </>
  )
}
