import { useQuery } from '@apollo/client/react'
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router'
import { CenteredPage } from '../components/centered-page.tsx'
import { SignInForm } from '../features/session/sign-in-form.tsx'
import { SignedOutNotice } from '../features/session/signed-out-notice.tsx'
import { graphql } from '../graphql/generated/gql.ts'

const SignInPage = graphql(`
  query SignInPage {
    setupRequired
  }
`)

const route = getRouteApi('/sign-in')

export function SignInRoute() {
  const { returnTo, signedOut } = route.useSearch()
  const router = useRouter()
  const { data } = useQuery(SignInPage, { fetchPolicy: 'network-only' })
  if (data?.setupRequired) return <Navigate to="/setup" replace />
  return (
    <CenteredPage
      title="Sign in"
      lead="to Gatehouse, the console of your organization"
      aside={
        <>
          <strong>Your organization uses single sign-on?</strong> Open its SSO login URL instead: an address ending in{' '}
          <code>/login</code> that your organization’s owner gave you, or the tile in your identity provider’s list of
          applications.
        </>
      }
    >
      {signedOut !== undefined && <SignedOutNotice where={signedOut} />}
      <SignInForm onSignedIn={() => router.history.replace(returnTo ?? '/')} />
    </CenteredPage>
  )
}
