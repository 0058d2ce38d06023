import { useQuery } from '@apollo/client/react'
import { Button, Skeleton, Stack } from '@mantine/core'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { localPath } from '../app/local-path.ts'
import { CenteredPage } from '../components/centered-page.tsx'
import { Problem } from '../components/problem.tsx'
import { LinkAccountForm } from '../features/session/link-account-form.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'

const LinkAccountPage = graphql(`
  query LinkAccountPage($token: String!) {
    pendingSsoLink(token: $token) {
      email
      organizationName
      connectionName
      ...LinkAccountForm_pendingSsoLink
    }
  }
`)

const route = getRouteApi('/link-account')

export function LinkAccountRoute() {
  const { token = '' } = route.useSearch()
  const router = useRouter()
  const { data, error, refetch } = useQuery(LinkAccountPage, {
    variables: { token },
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-only',
  })
  const problem = error === undefined ? null : readOperationError(error)
  if (problem?.code === 'NOT_FOUND') return <Expired />
  if (problem !== null) {
    return (
      <CenteredPage title="This page could not be loaded">
        <Problem message={problem.message} reference={problem.requestId} onRetry={() => void refetch()} />
      </CenteredPage>
    )
  }
  if (data === undefined) {
    return (
      <CenteredPage title="Connect your account">
        <Stack gap="sm">
          <Skeleton h={12} />
          <Skeleton h={12} w="60%" />
          <Skeleton h={36} mt="md" />
        </Stack>
      </CenteredPage>
    )
  }
  const { email, connectionName, organizationName } = data.pendingSsoLink
  return (
    <CenteredPage
      title="Connect your account"
      lead={
        <>
          An account for <strong>{email}</strong> exists already. Prove it is yours to connect it with{' '}
          <strong>{connectionName}</strong> of <strong>{organizationName}</strong>.
        </>
      }
    >
      <LinkAccountForm
        pending={data.pendingSsoLink}
        token={token}
        onLinked={(path) => router.history.replace(localPath(path) ?? '/')}
      />
    </CenteredPage>
  )
}

function Expired() {
  return (
    <CenteredPage
      title="This request has expired"
      lead="It holds for a few minutes and works once, in the browser in which it was made. Start again with your organization’s SSO login URL; nothing was connected."
    >
      <Button component={Link} to="/" variant="default" fullWidth>
        Go to Gatehouse
      </Button>
    </CenteredPage>
  )
}
