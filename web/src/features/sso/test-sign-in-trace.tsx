import { useQuery } from '@apollo/client/react'
import { Alert, Anchor, Loader, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useEffect } from 'react'
import { CopyableValue } from '../../components/copyable-value.tsx'
import { Problem } from '../../components/problem.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { CheckTrace } from './check-trace.tsx'
import { HowToFix } from './how-to-fix.tsx'
import type { TestSignIn } from './use-test-sign-in.ts'

const TestSignInTraceQuery = graphql(`
  query TestSignInTrace($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on SsoTest {
        status
        attempts {
          id
          foreseen
          notReached
          checks {
            name
            ...CheckTrace_check
          }
          ...HowToFix_attempt
        }
        connection {
          __typename
          id
          verifiedAt
          revision
          updatedAt
          ...ConnectionStatusBadge_connection
          ... on SamlConnection {
            idpEntityId
          }
        }
      }
    }
  }
`)

/** What comes of a test sign-in, as it arrives. */
export function TestSignInTrace({ testing }: { testing: TestSignIn }) {
  const { test, problem } = testing
  if (problem !== null) {
    return <Problem message={problem.message} reference={problem.requestId} onRetry={() => void testing.start()} />
  }
  return test === null ? null : <Watch key={test.id} test={test} />
}

function Watch({ test }: { test: NonNullable<TestSignIn['test']> }) {
  const { data, error, stopPolling } = useQuery(TestSignInTraceQuery, {
    variables: { id: test.id },
    fetchPolicy: 'cache-and-network',
    // Not skipped while the page is hidden: the tester is in the other window, and comes back to the result.
    pollInterval: 1500,
  })
  const shown = data?.node?.__typename === 'SsoTest' ? data.node : null
  const done = shown?.status === 'SUCCEEDED'
  useEffect(() => {
    if (done) stopPolling()
  }, [done, stopPolling])
  const last = shown?.attempts[0]
  const problem = error === undefined || shown !== null ? null : readOperationError(error)
  return (
    <Stack gap="md">
      <div role="status">
        {problem !== null && <Problem message={problem.message} reference={problem.requestId} />}
        {problem === null && (shown === null || shown.status === 'WAITING') && <Waiting blocked={test.blocked} />}
        {done && (
          <Alert
            color="verdigris"
            icon={<IconCircleCheck size={18} aria-hidden="true" />}
            title="The test sign-in works"
          >
            <Text size="sm">{shown.attempts.find(({ foreseen }) => foreseen !== null)?.foreseen}</Text>
            <Text size="sm" mt={6}>
              {shown.connection.verifiedAt === null ? '' : 'The connection is verified. '}Nobody was signed in by the
              test.
            </Text>
          </Alert>
        )}
        {shown?.status === 'REFUSED' && last !== undefined && (
          <Alert
            color="red"
            icon={<IconAlertTriangle size={18} aria-hidden="true" />}
            title="The test sign-in was refused"
          >
            <HowToFix attempt={last} />
          </Alert>
        )}
      </div>
      {last !== undefined && last.checks.length > 0 && <CheckTrace checks={last.checks} notReached={last.notReached} />}
      {!done && <OpenElsewhere url={test.url} />}
    </Stack>
  )
}

function Waiting({ blocked }: { blocked: boolean }) {
  return (
    <Alert color="gray" icon={<Loader size={16} aria-hidden="true" />}>
      <Text size="sm">
        {blocked
          ? 'Your browser did not let the window open. Open the test with the link below.'
          : 'Sign in at the identity provider in the other window. Every check appears here.'}
      </Text>
    </Alert>
  )
}

/** The test as somebody else: in a private window, or on their machine. */
function OpenElsewhere({ url }: { url: string }) {
  return (
    <div>
      <CopyableValue
        label="Address of this test"
        description="Good for 15 minutes. Open it in a private window to test as somebody else; it signs nobody in."
        value={url}
      />
      <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm">
        Open the test in a new tab
      </Anchor>
    </div>
  )
}
