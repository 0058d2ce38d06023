import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../../components/problem.tsx'
import { formatDay } from '../../../components/relative-time.tsx'
import { messagesByField, type OperationError, readOperationError } from '../../../graphql/operation-error.ts'
import classes from '../certificate-field.module.css'
import { joinCertificates } from '../certificate-text.ts'
import { recognizePaste } from '../recognize-paste.ts'
import type { ConnectionSettings, ConnectionSetup } from './use-connection-setup.ts'

type Values = { idpSsoUrl: string; spEntityId: string; idpEntityId: string; certificate: string }

type Props = { setup: ConnectionSetup; saving: boolean; onSave: (settings: ConnectionSettings) => Promise<void> }

const savedOf = ({ idpSsoUrl, spEntityId, idpEntityId, idpCertificates }: ConnectionSetup): Values => ({
  idpSsoUrl: idpSsoUrl ?? '',
  spEntityId,
  idpEntityId: idpEntityId ?? '',
  certificate: joinCertificates(idpCertificates.map(({ pem }) => pem)),
})

const settingsOf = ({ certificate, ...rest }: Partial<Values>): ConnectionSettings => ({
  ...rest,
  ...(certificate !== undefined && { idpCertificates: certificate.trim() === '' ? [] : [certificate] }),
})

const unknown =
  'Nothing of it belongs here. Paste metadata or its URL, a certificate, or the login URL; an error of a test is explained below.'

/** What of the identity provider comes here. What was typed stays until it is saved; all else is as it was saved last. */
export function AdministratorForm({ setup, saving, onSave }: Props) {
  const [typed, setTyped] = useState<Partial<Values>>({})
  const [pasted, setPasted] = useState('')
  const [pasteMessage, setPasteMessage] = useState<string | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [saved, setSaved] = useState(false)
  const values = { ...savedOf(setup), ...typed }
  const messages = problem === null ? {} : messagesByField(problem)

  const save = async (settings: ConnectionSettings): Promise<boolean> => {
    setProblem(null)
    setSaved(false)
    try {
      await onSave(settings)
      setSaved(true)
      return true
    } catch (error) {
      setProblem(readOperationError(error))
      return false
    }
  }
  const change = (part: Partial<Values>) => {
    setSaved(false)
    setTyped((before) => ({ ...before, ...part }))
  }
  const paste = async (text: string) => {
    setPasted(text)
    setPasteMessage(null)
    const found = recognizePaste(text)
    if (found.kind === 'metadata' && (await save({ idpMetadataXml: found.xml }))) setTyped({})
    if (found.kind === 'metadataUrl' && (await save({ idpMetadataUrl: found.url }))) setTyped({})
    if (found.kind === 'certificate') change({ certificate: found.text })
    if (found.kind === 'values') {
      const { idpSsoUrl, idpEntityId } = found.values
      change({ ...(idpSsoUrl !== undefined && { idpSsoUrl }), ...(idpEntityId !== undefined && { idpEntityId }) })
    }
    if (found.kind === 'other') setPasteMessage(unknown)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await save(settingsOf(typed))) setTyped({})
  }
  const field = (name: Exclude<keyof Values, 'certificate'>) => ({
    name,
    value: values[name],
    error: messages[name],
    spellCheck: false,
    autoCapitalize: 'off',
    autoComplete: 'off',
    onChange: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
  })
  const known = messages['idpMetadataXml'] ?? messages['idpMetadataUrl']
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Textarea
          label="Paste anything you have"
          description="Metadata or its URL is read and saved at once; a certificate or an address fills the fields below."
          autosize
          minRows={3}
          maxRows={8}
          spellCheck={false}
          classNames={{ input: classes['text'] ?? '' }}
          value={pasted}
          error={pasteMessage ?? known}
          onChange={(event) => void paste(event.currentTarget.value)}
        />
        <TextInput
          {...field('idpSsoUrl')}
          label="Single Sign-On URL"
          description="Where people are sent to sign in."
          inputMode="url"
        />
        <TextInput
          {...field('spEntityId')}
          label="Entity ID"
          description="Our name over there, the same on both sides. Keep this one, or enter the word that you chose."
        />
        <Textarea
          name="certificate"
          label="Certificate"
          description="The one that the identity provider signs with."
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={3}
          maxRows={6}
          spellCheck={false}
          classNames={{ input: classes['text'] ?? '' }}
          value={values.certificate}
          error={messages['idpCertificates']}
          onChange={(event) => change({ certificate: event.currentTarget.value })}
        />
        {setup.idpCertificates.map(({ subject, notAfter, pem }) => (
          <Text key={pem} size="xs" c="dimmed">
            Saved: {subject}, good until {formatDay(notAfter)}
          </Text>
        ))}
        <TextInput
          {...field('idpEntityId')}
          label="Identity provider’s Entity ID (issuer)"
          description="Its own name. Empty: learned at the first sign-in, then required."
        />
        <div role="status">
          {saved && (
            <Alert color="verdigris" icon={<IconCheck size={18} aria-hidden="true" />}>
              <Text size="sm">Saved. {setup.complete ? 'You can test it now.' : 'Something is still missing.'}</Text>
            </Alert>
          )}
        </div>
        {problem !== null && problem.fields.length === 0 && (
          <Problem message={problem.message} reference={problem.requestId} />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={saving} disabled={Object.keys(typed).length === 0}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
