import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import { Problem } from '../../../components/problem.tsx'
import { type OperationError, readOperationError } from '../../../graphql/operation-error.ts'
import { CheckTrace } from '../check-trace.tsx'
import { HowToFix } from '../how-to-fix.tsx'
import { openTestWindow } from '../use-test-sign-in.ts'
import type { ConnectionSetup } from './use-connection-setup.ts'

type Props = { setup: ConnectionSetup; starting: boolean; onStart: () => Promise<string | null> }

/** A test sign-in, and what came of the last one, whoever began it. */
export function AdministratorTest({ setup, starting, onStart }: Props) {
  const [blockedUrl, setBlockedUrl] = useState<string | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const { complete, attempts, verifiedAt, invitedBy } = setup
  const [last] = attempts
  const start = async () => {
    const opened = openTestWindow()
    setProblem(null)
    setBlockedUrl(null)
    try {
      const url = await onStart()
      if (url === null) return opened?.close()
      if (opened === null) setBlockedUrl(url)
      else opened.location.href = url
    } catch (error) {
      opened?.close()
      setProblem(readOperationError(error))
    }
  }
  return (
    <Stack gap="md">
      <Text size="sm">
        Sign in at the identity provider in a new window. Every check appears here; nobody is signed in by it.
      </Text>
      <div>
        <Button
          variant={verifiedAt === null ? 'filled' : 'default'}
          disabled={!complete}
          aria-busy={starting}
          rightSection={<IconExternalLink size={15} aria-label="(opens a new window)" />}
          onClick={() => void start()}
        >
          Test sign-in
        </Button>
        {!complete && (
          <Text size="xs" c="dimmed" mt={6}>
            Save the Single Sign-On URL and the Certificate first.
          </Text>
        )}
      </div>
      {problem !== null && <Problem message={problem.message} reference={problem.requestId} />}
      {blockedUrl !== null && (
        <Anchor href={blockedUrl} target="_blank" rel="noopener noreferrer" size="sm">
          Your browser did not let the window open. Open the test here
        </Anchor>
      )}
      <div role="status">
        {verifiedAt !== null && (
          <Alert color="verdigris" icon={<IconCircleCheck size={18} aria-hidden="true" />} title="It works">
            <Text size="sm">
              A test succeeded with these settings. {invitedBy} sees it too, and enables the connection: you are done.
            </Text>
          </Alert>
        )}
        {last !== undefined && !last.succeeded && (
          <Alert
            color="red"
            icon={<IconAlertTriangle size={18} aria-hidden="true" />}
            title="The last test was refused"
          >
            <HowToFix attempt={last} />
          </Alert>
        )}
      </div>
      {last !== undefined && last.checks.length > 0 && <CheckTrace checks={last.checks} notReached={last.notReached} />}
    </Stack>
  )
}
