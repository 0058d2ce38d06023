import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { CopyableValue } from '../../../components/copyable-value.tsx'
import { Problem } from '../../../components/problem.tsx'
import { formatExact } from '../../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../../graphql/generated/gql.ts'
import { type OperationError, readOperationError } from '../../../graphql/operation-error.ts'
import { useSetupLink } from './use-setup-link.ts'

export const HandOver_connection = graphql(`
  fragment HandOver_connection on SsoConnection {
    id
    enabled
    revision
    setupLink {
      createdBy
      expiresAt
    }
  }
`)

type Props = {
  connection: FragmentType<typeof HandOver_connection>
  /** A link was made or revoked here. */
  onChanged?: () => void
}

/** The link by which whoever runs the identity provider sets up this connection, without an account here. */
export function HandOver({ connection, onChanged }: Props) {
  const { id, enabled, setupLink } = unmask(HandOver_connection, connection)
  const { create, revoke, busy } = useSetupLink(id)
  const [url, setUrl] = useState<string | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const act = async (what: () => Promise<string | null>) => {
    setProblem(null)
    try {
      setUrl(await what())
      onChanged?.()
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }
  const withdraw = () =>
    act(async () => {
      await revoke()
      return null
    })
  return (
    <Stack gap="sm" align="flex-start">
      {setupLink === null ? (
        <Text size="sm">
          Whoever runs the identity provider needs no account here: a link shows them the same steps and the same test,
          for seven days. {enabled ? 'The connection is disabled meanwhile' : 'The connection stays disabled'}, and you
          enable it once you have looked at what they entered.
        </Text>
      ) : (
        <Text size="sm">
          {url === null ? `${setupLink.createdBy} made a link.` : 'Send it to whoever runs the identity provider.'} It
          holds until {formatExact(setupLink.expiresAt)}, or until the connection is enabled. What they enter appears
          here.
        </Text>
      )}
      {url !== null && setupLink !== null && (
        <Stack w="100%">
          <CopyableValue
            label="Setup link"
            description="Shown once. Whoever has it may set up this connection."
            value={url}
          />
        </Stack>
      )}
      {problem !== null && <Problem message={problem.message} reference={problem.requestId} />}
      <Group gap="sm">
        <Button size="xs" variant="default" loading={busy} onClick={() => void act(create)}>
          {setupLink === null ? 'Make a setup link' : 'Make a new link'}
        </Button>
        {setupLink !== null && (
          <Button size="xs" variant="subtle" color="red" disabled={busy} onClick={() => void withdraw()}>
            Revoke
          </Button>
        )}
      </Group>
    </Stack>
  )
}
