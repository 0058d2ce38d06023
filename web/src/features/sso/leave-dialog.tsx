import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { useDeleteSsoConnection } from './use-delete-sso-connection.ts'

type Props = {
  /** The connection that was made for this form; null when one was being changed. */
  draftId: string | null
  /** The addresses that were shown were kept for this form, and are given up. */
  reserved: boolean
  onStay: () => void
  onLeave: () => void
  /** Leaves, and the draft stays. */
  onKeep: () => Promise<void>
}

/** Asks before what was typed is dropped. A draft can stay: its addresses may stand at the identity provider already. */
export function LeaveDialog({ draftId, reserved, onStay, onLeave, onKeep }: Props) {
  const { deleteSsoConnection, loading } = useDeleteSsoConnection()
  const [problem, setProblem] = useState<OperationError | null>(null)
  useReturnFocus()

  const discard = async (id: string) => {
    setProblem(null)
    try {
      await deleteSsoConnection(id)
      onLeave()
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }
  return (
    <Modal opened onClose={onStay} title="Close without saving?" size="md" centered>
      <Stack gap="lg">
        <Text size="sm">
          {draftId === null
            ? `What you changed here is not saved.${reserved ? ' The URLs shown here are given up with it: the next connection gets others.' : ''}`
            : 'What you typed here is not saved. Keep the draft when its redirect URL stands at your identity provider already: the URLs stay the same, and you finish it later with Edit.'}
        </Text>
        {problem !== null && <Problem message={problem.message} reference={problem.requestId} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onStay} disabled={loading} data-autofocus>
            Go on editing
          </Button>
          {draftId === null ? (
            <Button color="red" onClick={onLeave}>
              Close without saving
            </Button>
          ) : (
            <>
              <Button variant="default" c="red" loading={loading} onClick={() => void discard(draftId)}>
                Delete the draft
              </Button>
              <Button onClick={() => void onKeep()} disabled={loading}>
                Keep the draft
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
