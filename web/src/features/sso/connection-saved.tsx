import { useQuery } from '@apollo/client/react'
import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Problem } from '../../components/problem.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { missingSettings } from './connection-status.ts'
import { DiagnoseSection } from './diagnose-section.tsx'
import { OidcAddresses } from './oidc-addresses.tsx'
import { OurAddresses } from './our-addresses.tsx'
import { SetupLeft } from './setup-left.tsx'
import { TestSignInButton } from './test-sign-in-button.tsx'
import { TestSignInTrace } from './test-sign-in-trace.tsx'
import { useFocusOnMount } from './use-focus-on-mount.ts'
import { useTestSignIn } from './use-test-sign-in.ts'
import { VerificationWatch } from './verification-watch.tsx'

const ConnectionSavedStep = graphql(`
  query ConnectionSavedStep($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on SsoConnection {
        name
        complete
        verifiedAt
        redirectUrl
        loginUrl
        ...VerificationWatch_connection
        ...SetupLeft_connection
      }
      ... on SamlConnection {
        idpSsoUrl
        idpCertificates {
          fingerprintSha256
        }
        ...SamlForm_connection
        ...OurAddresses_connection
      }
    }
  }
`)

type Props = { organizationId: string; connectionId: string; onClose: () => void }

/** The settings are saved: what is left to do, and whether it works, as soon as somebody tries. */
export function ConnectionSaved({ organizationId, connectionId, onClose }: Props) {
  const step = useFocusOnMount<HTMLDivElement>()
  const testing = useTestSignIn(connectionId)
  const { data, error, refetch } = useQuery(ConnectionSavedStep, {
    variables: { id: connectionId },
    fetchPolicy: 'cache-and-network',
    pollInterval: 3000,
    skipPollAttempt: () => document.hidden,
  })
  const connection = data?.node != null && 'redirectUrl' in data.node ? data.node : null
  const problem = error === undefined ? null : readOperationError(error)
  return (
    <div ref={step} tabIndex={-1}>
      <Stack gap="lg">
        <div>
          <Title order={3}>Saved{connection === null ? '' : `: ${connection.name}`}</Title>
          <Text size="sm" c="dimmed">
            {connection === null ? '' : describe(connection)}
          </Text>
        </div>
        {connection === null && problem === null && <Skeleton h={160} />}
        {connection === null && problem !== null && (
          <Problem message={problem.message} reference={problem.requestId} onRetry={() => void refetch()} />
        )}
        {connection?.__typename === 'SamlConnection' && !connection.complete && (
          <Alert color="amber" icon={<IconAlertTriangle size={18} aria-hidden="true" />}>
            <Text size="sm">Still missing: {missingSettings(connection).join(' and ')}. Fill it in with Edit.</Text>
          </Alert>
        )}
        {connection !== null && (
          <>
            {connection.complete && (testing.test === null || connection.verifiedAt !== null) && (
              <VerificationWatch connection={connection} />
            )}
            <TestSignInTrace testing={testing} />
            {connection.verifiedAt === null ? (
              <SetupLeft connection={connection} />
            ) : connection.__typename === 'SamlConnection' ? (
              <OurAddresses connection={connection} />
            ) : (
              <OidcAddresses kind={connection.__typename} {...connection} />
            )}
            <DiagnoseSection organizationId={organizationId} connectionId={connectionId} />
          </>
        )}
        <Group justify="flex-end" gap="sm">
          {connection?.complete && <TestSignInButton testing={testing} primary />}
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </div>
  )
}

function describe({ complete, verifiedAt }: { complete: boolean; verifiedAt: string | null }): string {
  if (!complete) return 'The URLs hold from now on; members can sign in once the rest is filled in.'
  return verifiedAt === null ? 'Three things are left.' : 'Nothing is left to do.'
}
