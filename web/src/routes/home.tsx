import { useQuery } from '@apollo/client/react'
import { Skeleton, Stack } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { readLastOrganization } from '../app/last-organization.ts'
import { CenteredPage } from '../components/centered-page.tsx'
import { Problem } from '../components/problem.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'

const HomePage = graphql(`
  query HomePage {
    viewer {
      memberships(first: 100) {
        nodes {
          id
          organization {
            id
            slug
          }
        }
      }
      organizationsNeedingSso {
        id
        slug
      }
    }
  }
`)

/** Leads to the organization that was open last, or to the only one; else the person chooses. */
export function HomeRoute() {
  const { data, error, refetch } = useQuery(HomePage, { fetchPolicy: 'network-only' })
  const problem = error === undefined ? null : readOperationError(error)
  if (data === undefined) {
    return problem === null || problem.code === 'UNAUTHENTICATED' ? (
      <HomeSkeleton />
    ) : (
      <CenteredPage title="Gatehouse cannot be opened">
        <Problem message={problem.message} reference={problem.requestId} onRetry={() => void refetch()} />
      </CenteredPage>
    )
  }
  const { memberships, organizationsNeedingSso } = data.viewer
  const slugs = new Set(
    [...memberships.nodes.map((one) => one.organization), ...organizationsNeedingSso].map((one) => one.slug),
  )
  const last = readLastOrganization()
  const [only] = slugs.size === 1 ? slugs : []
  const slug = last !== null && slugs.has(last) ? last : only
  if (slug === undefined) return <Navigate to="/organizations" replace />
  return <Navigate to="/organizations/$slug/members" params={{ slug }} replace />
}

function HomeSkeleton() {
  return (
    <CenteredPage title="Opening your organization">
      <Stack gap="sm">
        <Skeleton h={12} w="70%" />
        <Skeleton h={12} w="45%" />
      </Stack>
    </CenteredPage>
  )
}
