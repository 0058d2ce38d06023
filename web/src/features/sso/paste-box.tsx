import { Alert, Button, FileButton, Group, Loader, Stack, Text, Textarea } from '@mantine/core'
import { IconCheck, IconFileUpload } from '@tabler/icons-react'
import { useRef } from 'react'
import classes from './certificate-field.module.css'
import { certificateTextOf } from './certificate-text.ts'
import { DiagnosisResult } from './diagnosis-result.tsx'
import type { PasteOutcome, usePaste } from './use-paste.ts'

/** The short way: whatever the identity provider shows fills the fields below, or is explained. */
export function PasteBox({ paste }: { paste: ReturnType<typeof usePaste> }) {
  const { text, change, loading, outcome, message } = paste
  const reset = useRef<() => void>(null)
  const choose = async (file: File | null) => {
    if (file !== null) change(certificateTextOf(new Uint8Array(await file.arrayBuffer())))
    reset.current?.()
  }
  return (
    <Stack gap="sm">
      <Textarea
        label="Paste anything you have"
        description="Metadata or its URL, a certificate, an address, the whole “Set up” section of Microsoft Entra, an error. It fills the fields below, or says what it is."
        placeholder="Login URL https://login.microsoftonline.com/…"
        autosize
        minRows={3}
        maxRows={8}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        classNames={{ input: classes['text'] ?? '' }}
        value={text}
        error={message}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Group gap="sm">
        <FileButton resetRef={reset} onChange={(file) => void choose(file)}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              leftSection={<IconFileUpload size={15} aria-hidden="true" />}
            >
              Choose file…
            </Button>
          )}
        </FileButton>
        {loading && <Loader size="xs" aria-label="Looking at it" />}
      </Group>
      <div role="status">{outcome !== null && <Outcome outcome={outcome} />}</div>
    </Stack>
  )
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

function Outcome({ outcome }: { outcome: PasteOutcome }) {
  if ('diagnosis' in outcome) return <DiagnosisResult diagnosis={outcome.diagnosis} />
  const { filled, warnings } = outcome
  return (
    <Alert color={warnings.length === 0 ? 'verdigris' : 'amber'} icon={<IconCheck size={18} aria-hidden="true" />}>
      <Text size="sm">Filled in: {list(filled)}. Look at it below, then save.</Text>
      {warnings.map((warning) => (
        <Text key={warning} size="sm" mt={6}>
          {warning}
        </Text>
      ))}
    </Alert>
  )
}
