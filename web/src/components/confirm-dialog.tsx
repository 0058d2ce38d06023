import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Problem } from './problem.tsx'
import { useReturnFocus } from './use-return-focus.ts'

type Props = {
  title: string
  /** What will happen, naming the thing. */
  children: ReactNode
  confirmLabel: string
  danger?: boolean
  /** Rejects with an Error whose message can be shown. */
  onConfirm: () => Promise<void>
  onClose: () => void
  explain: (error: unknown) => string
}

/** Asks before something that cannot simply be undone. Stays open, saying why, when it did not work. */
export function ConfirmDialog({ title, children, confirmLabel, danger = false, onConfirm, onClose, explain }: Props) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useReturnFocus()

  const confirm = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setProblem(explain(error))
      setBusy(false)
    }
  }

  return (
    <Modal opened onClose={onClose} title={title} size="md" centered>
      <Stack gap="lg">
        <Text size="sm" component="div">
          {children}
        </Text>
        {problem !== null && <Problem message={problem} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
            Cancel
          </Button>
          <Button color={danger ? 'red' : undefined} loading={busy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
