import { useQuery } from '@apollo/client/react'
import { Skeleton, Stack } from '@mantine/core'
import { CenteredPage } from '../components/centered-page.tsx'
import { Problem } from '../components/problem.tsx'
import { OrganizationList } from '../features/organization/organization-list.tsx'
import { SignOutButton } from '../features/session/sign-out-button.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'

const OrganizationsPage = graphql(`
  query OrganizationsPage {
    viewer {
      user {
        id
        email
      }
      memberships(first: 100) {
        nodes {
          id
        }
      }
      organizationsNeedingSso {
        id
      }
      ...OrganizationList_viewer
    }
  }
`)

/** Which organization to open. Somebody without any learns why nothing is here. */
export function OrganizationsRoute() {
  const { data, error, refetch } = useQuery(OrganizationsPage, { fetchPolicy: 'network-only' })
  const problem = error === undefined ? null : readOperationError(error)
  if (problem !== null && problem.code !== 'UNAUTHENTICATED') {
    return (
      <CenteredPage title="Gatehouse cannot be opened">
        <Problem message={problem.message} reference={problem.requestId} onRetry={() => void refetch()} />
      </CenteredPage>
    )
  }
  if (data === undefined) {
    return (
      <CenteredPage title="Choose an organization">
        <Stack gap="sm">
          <Skeleton h={54} />
          <Skeleton h={54} />
        </Stack>
      </CenteredPage>
    )
  }
  const { user, memberships, organizationsNeedingSso } = data.viewer
  const signedIn = `You are signed in${user === null ? '' : ` as ${user.email}`}`
  if (memberships.nodes.length === 0 && organizationsNeedingSso.length === 0) {
    return (
      <CenteredPage
        title="You are not a member of any organization"
        lead={`${signedIn}, but no organization counts you among its members. You may have been removed or suspended. Ask an owner of your organization, or sign in with another address.`}
      >
        <SignOutButton />
      </CenteredPage>
    )
  }
  return (
    <CenteredPage title="Choose an organization" lead={`${signedIn}. This browser opens the one that you used last.`}>
      <Stack gap="lg">
        <OrganizationList viewer={data.viewer} />
        <SignOutButton />
      </Stack>
    </CenteredPage>
  )
}
