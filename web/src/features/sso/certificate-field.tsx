import { Button, FileButton, Group, Textarea } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import classes from './certificate-field.module.css'
import { CertificateList } from './certificate-list.tsx'
import { certificateTextOf, joinCertificates } from './certificate-text.ts'
import { useInspectIdpCertificates } from './use-inspect-idp-certificates.ts'

type Props = {
  organizationId: string
  value: string
  onChange: (value: string) => void
  /** What the server said about it when it was saved. */
  error: string | undefined
}

/** Takes certificates in whatever form an identity provider hands them out, and says at once what they are. */
export function CertificateField({ organizationId, value, onChange, error }: Props) {
  const { certificates, problem } = useInspectIdpCertificates(organizationId, value)
  const [over, setOver] = useState(false)
  const reset = useRef<() => void>(null)

  const add = async (files: readonly File[]) => {
    const texts = await Promise.all(
      files.map(async (file) => certificateTextOf(new Uint8Array(await file.arrayBuffer()))),
    )
    onChange(joinCertificates([value, ...texts].filter((text) => text.trim() !== '')))
    reset.current?.()
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length === 0) return
    event.preventDefault()
    void add(files)
  }
  const dragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }

  return (
    <div
      className={classes['field']}
      data-over={over || undefined}
      onDragOver={dragOver}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Textarea
        label="Certificate"
        description="The certificate the identity provider signs with: paste its text, or drop the file here. While it is being replaced, keep the old and the new one."
        placeholder="-----BEGIN CERTIFICATE-----"
        name="certificate"
        autosize
        minRows={4}
        maxRows={9}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        classNames={{ input: classes['text'] ?? '' }}
        value={value}
        error={problem ?? error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group mt={8}>
        <FileButton resetRef={reset} multiple accept=".cer,.crt,.pem,.der,.txt" onChange={(files) => void add(files)}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              leftSection={<IconFileUpload size={15} aria-hidden="true" />}
            >
              Choose certificate file…
            </Button>
          )}
        </FileButton>
      </Group>
      <div aria-live="polite" className={classes['found']}>
        {certificates.length > 0 && (
          <CertificateList certificates={certificates} onKeep={(pems) => onChange(joinCertificates(pems))} />
        )}
      </div>
    </div>
  )
}
