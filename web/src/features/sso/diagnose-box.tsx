import { Button, FileButton, Group, Stack, Textarea } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import classes from './certificate-field.module.css'
import { certificateTextOf } from './certificate-text.ts'
import { DiagnosisResult } from './diagnosis-result.tsx'
import { type Diagnosis, useDiagnose } from './use-diagnose.ts'

type Props = { organizationId: string; connectionId: string }

/** Takes whatever somebody has in hand when a sign-in does not work, and says what it is. */
export function DiagnoseBox({ organizationId, connectionId }: Props) {
  const { diagnose, loading } = useDiagnose()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Diagnosis | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const reset = useRef<() => void>(null)

  const change = (next: string) => {
    setText(next)
    setFound(null)
    setProblem(null)
  }
  const ask = async () => {
    setProblem(null)
    try {
      setFound(await diagnose({ organizationId, connectionId, text }))
    } catch (error) {
      setFound(null)
      setProblem(readOperationError(error))
    }
  }
  const choose = async (file: File | null) => {
    if (file !== null) change(certificateTextOf(new Uint8Array(await file.arrayBuffer())))
    reset.current?.()
  }
  return (
    <Stack gap="sm">
      <Textarea
        label="What do you have in hand?"
        description="An error of your identity provider or the address it came with, a SAMLResponse, an export of SAML-tracer, an ID token, metadata, a discovery document, a certificate, our reference. It is only looked at; nothing of it is kept."
        placeholder="AADSTS50105: …"
        autosize
        minRows={3}
        maxRows={8}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        classNames={{ input: classes['text'] ?? '' }}
        value={text}
        error={problem === null ? null : (messagesByField(problem)['text'] ?? problem.message)}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button size="xs" loading={loading} disabled={text.trim() === ''} onClick={() => void ask()}>
          Say what it is
        </Button>
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
      </Group>
      <div role="status">{found !== null && <DiagnosisResult diagnosis={found} />}</div>
    </Stack>
  )
}
