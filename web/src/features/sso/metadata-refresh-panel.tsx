import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { RelativeTime } from '../../components/relative-time.tsx'
import { toastFailed } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { type MetadataAction, MetadataConfirmation } from './metadata-confirmation.tsx'
import { MetadataNews } from './metadata-news.tsx'
import { useRefreshIdpMetadata } from './use-refresh-idp-metadata.ts'

export const MetadataRefreshPanel_connection = graphql(`
  fragment MetadataRefreshPanel_connection on SamlConnection {
    id
    name
    revision
    metadataRefresh {
      dueAt
      checkedAt
      problem
      stagedCertificates {
        seenAt
      }
      vanishedFingerprints
      stagedSsoUrl
    }
    ...MetadataNews_connection
  }
`)

type Props = { connection: FragmentType<typeof MetadataRefreshPanel_connection>; mayManage: boolean }

/** The metadata that is read again by itself: when, what went wrong, and what waits for an owner. */
export function MetadataRefreshPanel({ connection, mayManage }: Props) {
  const shown = unmask(MetadataRefreshPanel_connection, connection)
  const [action, setAction] = useState<MetadataAction | null>(null)
  const { refreshIdpMetadata, loading } = useRefreshIdpMetadata()
  const { metadataRefresh } = shown

  const check = async () => {
    try {
      await refreshIdpMetadata(shown.id)
    } catch (error) {
      toastFailed(readOperationError(error).message)
    }
  }
  // The dialog stays until it closes itself, also when what it does takes the panel away.
  const confirmation = action !== null && (
    <MetadataConfirmation action={action} connection={shown} onClose={() => setAction(null)} />
  )
  if (metadataRefresh === null) return confirmation
  const { checkedAt, dueAt, problem, stagedCertificates, vanishedFingerprints, stagedSsoUrl } = metadataRefresh
  const settled = stagedCertificates.length + vanishedFingerprints.length === 0 && stagedSsoUrl === null
  return (
    <section aria-labelledby="metadata">
      <Title order={2} id="metadata" mt={40} mb="sm">
        Metadata
      </Title>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed">
            {checkedAt === null ? (
              'It is read for the first time in a moment, and then daily.'
            ) : (
              <>
                Read again by itself. Last <RelativeTime at={checkedAt} />, next <RelativeTime at={dueAt} />.
                {problem === null && settled && ' It says what the settings say.'}
              </>
            )}
          </Text>
          {mayManage && (
            <Group gap="xs">
              <Button size="xs" variant="default" loading={loading} onClick={() => void check()}>
                Read it now
              </Button>
              <Button size="xs" variant="subtle" color="gray" onClick={() => setAction({ kind: 'stop' })}>
                Stop reading it
              </Button>
            </Group>
          )}
        </Group>
        {problem !== null && (
          <Alert
            color="red"
            icon={<IconAlertTriangle size={18} aria-hidden="true" />}
            title="The metadata could not be read again"
          >
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {problem}
            </Text>
            <Text size="sm" mt={6}>
              Sign-ins go on with the certificates that are trusted.
            </Text>
          </Alert>
        )}
        <MetadataNews connection={shown} onAct={mayManage ? setAction : null} />
      </Stack>
      {confirmation}
    </section>
  )
}
