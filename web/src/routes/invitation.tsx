import { useQuery } from '@apollo/client/react'
import { Skeleton, Stack } from '@mantine/core'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ButtonLink } from '../components/button-link.tsx'
import { CenteredPage } from '../components/centered-page.tsx'
import { Problem } from '../components/problem.tsx'
import { formatExact } from '../components/relative-time.tsx'
import { AcceptPanel } from '../features/session/accept-panel.tsx'
import { EntranceList } from '../features/session/entrance-list.tsx'
import {
  forgetInvitation,
  type KeptInvitation,
  keepInvitation,
  readKeptInvitation,
} from '../features/session/kept-invitation.ts'
import type { Joined } from '../features/session/use-accept-invitation.ts'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'

const InvitationPage = graphql(`
  query InvitationPage($token: String!) {
    invitation(token: $token) {
      email
      organizationName
      invitedBy
      expiresAt
      role {
        id
        name
      }
      entrances {
        connectionId
        connectionName
        consoleUrl: loginUrl
      }
      ...AcceptPanel_invitation
    }
  }
`)

const route = getRouteApi('/invitation')

export function InvitationRoute() {
  const { token } = route.useSearch()
  const navigate = route.useNavigate()
  const [kept] = useState(() =>
    token === undefined ? readKeptInvitation() : keepInvitation({ token, enteringSlug: null }),
  )
  // The secret does not stay in the address bar, nor in the history.
  useEffect(() => {
    if (token !== undefined) void navigate({ search: {}, replace: true })
  }, [token, navigate])
  return kept === null ? <NotValid /> : <OpenedInvitation kept={kept} />
}

function OpenedInvitation({ kept }: { kept: KeptInvitation }) {
  const router = useRouter()
  const [joined, setJoined] = useState<Joined | null>(null)
  const [gone, setGone] = useState(false)
  const { data, error, refetch } = useQuery(InvitationPage, {
    variables: { token: kept.token },
    fetchPolicy: 'no-cache',
  })
  const problem = error === undefined ? null : readOperationError(error)
  const notFound = gone || problem?.code === 'NOT_FOUND'
  // The sign-in that was chosen here can have used the invitation up.
  const arrivedAt = notFound ? kept.enteringSlug : joined?.entered ? joined.slug : null
  useEffect(() => {
    if (notFound) forgetInvitation()
    if (arrivedAt !== null) {
      void router.navigate({ to: '/organizations/$slug', params: { slug: arrivedAt }, replace: true })
    }
  }, [notFound, arrivedAt, router])

  if (arrivedAt !== null) return <Loading />
  if (notFound) return <NotValid />
  if (problem !== null) {
    return (
      <CenteredPage title="This page could not be loaded">
        <Problem message={problem.message} reference={problem.requestId} onRetry={() => void refetch()} />
      </CenteredPage>
    )
  }
  if (data === undefined) return <Loading />
  const { email, organizationName, invitedBy, role, expiresAt, entrances } = data.invitation
  if (joined !== null) {
    return (
      <CenteredPage
        title={`You are a member of ${organizationName} now`}
        lead="Your session is one of another organization. To enter this one, sign in through its single sign-on."
      >
        <EntranceList entrances={entrances.map(({ consoleUrl, ...rest }) => ({ ...rest, loginUrl: consoleUrl }))} />
      </CenteredPage>
    )
  }
  return (
    <CenteredPage
      title={`Join ${organizationName}`}
      lead={
        <>
          {invitedBy} invites <strong>{email}</strong> to join <strong>{organizationName}</strong> as {role.name}. The
          invitation holds until {formatExact(expiresAt)}.
        </>
      }
    >
      <AcceptPanel invitation={data.invitation} kept={kept} onJoined={setJoined} onGone={() => setGone(true)} />
    </CenteredPage>
  )
}

function Loading() {
  return (
    <CenteredPage title="Your invitation">
      <Stack gap="sm">
        <Skeleton h={12} />
        <Skeleton h={12} w="60%" />
        <Skeleton h={36} mt="md" />
      </Stack>
    </CenteredPage>
  )
}

function NotValid() {
  return (
    <CenteredPage
      title="This invitation is not valid any more"
      lead="Its link works once, for 48 hours, and stops working when the invitation is sent again or revoked. Ask whoever invited you for a new one. If you have joined already, sign in."
    >
      <ButtonLink to="/" variant="default" fullWidth>
        Go to Gatehouse
      </ButtonLink>
    </CenteredPage>
  )
}
