import { Alert, Button, FileButton, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconCheck, IconFileUpload } from '@tabler/icons-react'
import { useRef } from 'react'
import classes from './certificate-field.module.css'
import type { MetadataSource, MetadataWay } from './use-metadata-source.ts'

const ways: { value: MetadataWay; label: string }[] = [
  { value: 'hand', label: 'By hand' },
  { value: 'text', label: 'Metadata file' },
  { value: 'url', label: 'Metadata URL' },
]

/** The short way: what the identity provider publishes about itself fills the fields. */
export function MetadataPanel({ source }: { source: MetadataSource }) {
  const { way, xml, url, change, read, loading, found, message } = source
  const reset = useRef<() => void>(null)
  const choose = async (file: File | null) => {
    if (file !== null) change({ xml: await file.text() })
    reset.current?.()
  }
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="How to enter the details"
        fullWidth
        value={way}
        data={ways}
        onChange={(chosen) => change({ way: ways.find(({ value }) => value === chosen)?.value ?? 'hand' })}
      />
      {way === 'text' && (
        <div>
          <Textarea
            label="Metadata"
            description="Paste the XML or choose the file. In Microsoft Entra: Federation Metadata XML. It fills the fields below."
            placeholder="<EntityDescriptor …"
            rows={4}
            spellCheck={false}
            classNames={{ input: classes['text'] ?? '' }}
            value={xml}
            error={message}
            onChange={(event) => change({ xml: event.currentTarget.value })}
          />
          <Group mt={8}>
            <FileButton resetRef={reset} accept=".xml,text/xml,application/xml" onChange={(file) => void choose(file)}>
              {(props) => (
                <Button
                  {...props}
                  size="xs"
                  variant="default"
                  loading={loading}
                  leftSection={<IconFileUpload size={15} aria-hidden="true" />}
                >
                  Choose metadata file…
                </Button>
              )}
            </FileButton>
          </Group>
        </div>
      )}
      {way === 'url' && (
        <div>
          <TextInput
            label="Metadata URL of the identity provider"
            description="In Microsoft Entra: App Federation Metadata Url. It fills the fields below."
            placeholder="https://login.microsoftonline.com/…/federationmetadata.xml?appid=…"
            inputMode="url"
            autoCapitalize="off"
            spellCheck={false}
            value={url}
            error={message}
            onChange={(event) => change({ url: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              void read()
            }}
          />
          <Button
            mt={8}
            size="xs"
            variant="default"
            loading={loading}
            disabled={url.trim() === ''}
            onClick={() => void read()}
          >
            Fetch metadata
          </Button>
        </div>
      )}
      <div role="status">{found !== null && way !== 'hand' && <Found found={found} />}</div>
    </Stack>
  )
}

function Found({ found }: { found: NonNullable<MetadataSource['found']> }) {
  const certificates = found.certificates === 1 ? '1 certificate' : `${found.certificates} certificates`
  return (
    <Alert
      color={found.warnings.length === 0 ? 'verdigris' : 'amber'}
      icon={<IconCheck size={18} aria-hidden="true" />}
    >
      <Text size="sm">
        Filled in: Single Sign-On URL, {certificates} and the identity provider’s Entity ID. Look at them below, then
        save.
      </Text>
      {found.warnings.map((warning) => (
        <Text key={warning} size="sm" mt={6}>
          {warning}
        </Text>
      ))}
    </Alert>
  )
}
