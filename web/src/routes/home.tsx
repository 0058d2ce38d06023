import { useQuery } from '@apollo/client/react'
import { Skeleton, Stack } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { readLastOrganization } from '../app/last-organization.ts'
import { CenteredPage } from '../components/centered-page.tsx'
import { Problem } from '../components/problem.tsx'
import { SignOutButton } from '../features/session/sign-out-button.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'

const HomePage = graphql(`
  query HomePage {
    viewer {
      user {
        id
        email
      }
      memberships(first: 100) {
        nodes {
          id
          suspended
          organization {
            id
            slug
          }
        }
      }
    }
  }
`)

/** Leads to the organization that was open last; somebody without any learns why nothing is here. */
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
  const slugs = data.viewer.memberships.nodes.filter((one) => !one.suspended).map((one) => one.organization.slug)
  const last = readLastOrganization()
  const slug = last !== null && slugs.includes(last) ? last : slugs[0]
  if (slug !== undefined) return <Navigate to="/organizations/$slug/members" params={{ slug }} replace />
  return (
    <CenteredPage
      title="You are not a member of any organization"
      lead={
        <>
          You are signed in{data.viewer.user ? ` as ${data.viewer.user.email}` : ''}, but no organization counts you
          among its members. You may have been removed or suspended. Ask an owner of your organization, or sign in with
          another address.
        </>
      }
    >
      <SignOutButton />
    </CenteredPage>
  )
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
