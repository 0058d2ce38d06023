import { Alert, Button, Checkbox, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useCopy } from '../../components/use-copy.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './enforcement.module.css'
import { useCreateRecoveryCodes } from './use-create-recovery-codes.ts'

type Props = {
  organizationId: string
  /** How many unused ones the viewer has: they may do. */
  unused: number
  /** What comes after the codes are stored. */
  doneLabel: string
  onDone: () => void
  onCancel: () => void
  /** They are shown, and never again: nothing else may close the dialog. */
  onShown: () => void
}

/** First why there are such codes; then the codes, once. */
export function RecoveryCodesStep({ organizationId, unused, doneLabel, onDone, onCancel, onShown }: Props) {
  const [codes, setCodes] = useState<string[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { createRecoveryCodes, loading } = useCreateRecoveryCodes()

  const make = async () => {
    setProblem(null)
    try {
      setCodes(await createRecoveryCodes(organizationId))
      onShown()
    } catch (error) {
      setProblem(readOperationError(error).message)
    }
  }
  if (codes !== null) return <Codes codes={codes} doneLabel={doneLabel} onDone={onDone} />
  return (
    <Stack gap="lg">
      <Text size="sm">
        Recovery codes let you in when your identity provider lets nobody in. Each works once, and opens the settings of
        single sign-on for 15 minutes. You get ten; keep them where you keep what must not be lost, and not behind the
        identity provider itself.
      </Text>
      {unused > 0 && (
        <Text size="sm">
          You have {unused} unused {unused === 1 ? 'code' : 'codes'}. New ones replace {unused === 1 ? 'it' : 'them'}.
        </Text>
      )}
      {problem !== null && <Problem message={problem} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel} disabled={loading}>
          Cancel
        </Button>
        {unused > 0 && (
          <Button variant="default" onClick={onDone} disabled={loading}>
            Keep the ones I have
          </Button>
        )}
        <Button onClick={() => void make()} loading={loading} data-autofocus>
          Make recovery codes
        </Button>
      </Group>
    </Stack>
  )
}

/** The form that had the focus is gone: the step that replaces it is read from its beginning. */
const takeFocus = (step: HTMLElement | null): void => step?.focus({ preventScroll: true })

function Codes({ codes, doneLabel, onDone }: { codes: string[]; doneLabel: string; onDone: () => void }) {
  const [stored, setStored] = useState(false)
  const { copied, copy } = useCopy()
  const text = codes.join('\n')
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Recovery codes of Gatehouse at ${location.origin}/recovery\nEach works once.\n\n${text}\n`)}`
  return (
    <Stack gap="md" ref={takeFocus} tabIndex={-1}>
      <Alert color="amber" icon={<IconAlertTriangle size={18} aria-hidden="true" />}>
        <Text size="sm">Store them now. They are not shown again: only their hashes are kept.</Text>
      </Alert>
      <ul className={classes['codes']} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <Code>{code}</Code>
          </li>
        ))}
      </ul>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />}
          onClick={() => void copy(text)}
        >
          {copied ? 'Copied' : 'Copy all'}
        </Button>
        <Button
          component="a"
          variant="default"
          href={file}
          download="gatehouse-recovery-codes.txt"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          Download
        </Button>
      </Group>
      <Checkbox
        label="I have stored them"
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button onClick={onDone} disabled={!stored}>
          {doneLabel}
        </Button>
      </Group>
    </Stack>
  )
}
