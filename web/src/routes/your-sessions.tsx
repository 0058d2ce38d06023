import { useQuery } from '@apollo/client/react'
import { Stack, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { DataTable } from '../components/data-table.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { TableSkeleton } from '../components/table-skeleton.tsx'
import { toastFailed } from '../components/toast.ts'
import { useSignOut } from '../features/session/use-sign-out.ts'
import { EndOtherSessions } from '../features/sessions/end-other-sessions.tsx'
import { SessionRow } from '../features/sessions/session-row.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'
import { PageProblem } from './page-problem.tsx'

const YourSessionsPage = graphql(`
  query YourSessionsPage {
    viewer {
      sessions {
        id
        current
        connectionName
        organizationName
        ...SessionRow_session
      }
    }
  }
`)

const route = getRouteApi('/organizations/$slug/your-sessions')

const columns = [
  { label: 'Browser' },
  { label: 'From', width: 140 },
  { label: 'Signed in', width: 130 },
  { label: 'Last used', width: 130 },
  { label: 'Ends', width: 120 },
  { label: 'Actions', hidden: true, width: 80 },
]

/** Where the viewer is signed in, and the way to end it. */
export function YourSessionsRoute() {
  const { slug } = route.useParams()
  const { data, error, refetch } = useQuery(YourSessionsPage, { fetchPolicy: 'cache-and-network' })
  const { signOut } = useSignOut()
  const leave = async () => {
    try {
      await signOut()
    } catch (failure) {
      toastFailed(readOperationError(failure).message)
    }
  }
  // The present one first, then the newest.
  const sessions = data?.viewer.sessions.toSorted((one, other) => Number(other.current) - Number(one.current)) ?? null
  const through = sessions?.find(({ current, connectionName }) => current && connectionName !== null) ?? null
  return (
    <>
      <PageHeader
        title="Your sessions"
        lead="The browsers in which you are signed in. End what you do not use, or do not know."
        action={sessions !== null && sessions.length > 1 ? <EndOtherSessions /> : undefined}
      />
      {error !== undefined && sessions === null ? (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      ) : sessions === null ? (
        <TableSkeleton rows={3} label="Loading your sessions" />
      ) : (
        <Stack gap="md">
          <DataTable caption="Your open sessions" columns={columns}>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} onSignOut={() => void leave()} />
            ))}
          </DataTable>
          {through !== null && (
            <Text size="sm" c="dimmed" maw="72ch">
              You came in through {through.connectionName}, which vouches for you in {through.organizationName} alone.
              What you have open elsewhere is listed when you sign in there.
            </Text>
          )}
          {sessions.length === 100 && (
            <Text size="sm" c="dimmed">
              These are the newest hundred. To end all others ends the older ones too.
            </Text>
          )}
        </Stack>
      )}
    </>
  )
}
