import { useQuery } from '@apollo/client/react'
import { Button } from '@mantine/core'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { CenteredPage } from '../components/centered-page.tsx'
import { SetupForm } from '../features/setup/setup-form.tsx'
import { graphql } from '../graphql/generated/gql.ts'

const SetupPage = graphql(`
  query SetupPage {
    setupRequired
  }
`)

const route = getRouteApi('/setup')

export function SetupRoute() {
  const { token } = route.useSearch()
  const navigate = useNavigate()
  const { data } = useQuery(SetupPage, { fetchPolicy: 'network-only', nextFetchPolicy: 'cache-only' })
  if (data?.setupRequired === false) {
    return (
      <CenteredPage
        title="Gatehouse is set up already"
        lead="The setup runs once. Ask an owner of your organization for the SSO login URL, or sign in with your password."
      >
        <Button component={Link} to="/sign-in" fullWidth>
          Sign in
        </Button>
      </CenteredPage>
    )
  }
  return (
    <CenteredPage
      wide
      title="Set up Gatehouse"
      lead="Name your organization and make its first owner. Connecting your identity provider is the next step."
    >
      <SetupForm
        token={token ?? null}
        onCompleted={(slug) => void navigate({ to: '/organizations/$slug/settings', params: { slug }, replace: true })}
      />
    </CenteredPage>
  )
}
