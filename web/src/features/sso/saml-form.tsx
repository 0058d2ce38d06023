import { Button, Divider, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Disclosure } from '../../components/disclosure.tsx'
import { Problem } from '../../components/problem.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { CertificateField } from './certificate-field.tsx'
import { GuidedSetup } from './guide/guided-setup.tsx'
import { useSetupProgress } from './guide/use-setup-progress.ts'
import { MoreSettings } from './more-settings.tsx'
import { OurAddresses } from './our-addresses.tsx'
import { PasteBox } from './paste-box.tsx'
import { SamlForm_connection } from './saml-form-connection.ts'
import { changedFields, describeChanges, samlFieldLabels as labels, type SamlFormValues } from './saml-form-values.ts'
import { HandOver } from './setup-link/hand-over.tsx'
import { StaleNotice } from './stale-notice.tsx'
import { SubjectChangeNotice } from './subject-change-notice.tsx'
import { useFocusOnMount } from './use-focus-on-mount.ts'
import { usePaste } from './use-paste.ts'
import { useSamlForm } from './use-saml-form.ts'

type TextField = 'idpSsoUrl' | 'spEntityId' | 'idpEntityId' | 'name'

type Props = {
  organizationId: string
  connection: FragmentType<typeof SamlForm_connection>
  /** Something was typed here, or carried away from here. */
  onTouched: () => void
  onSaved: () => void
  onCancel: () => void
}

/** Both directions of the trust: our addresses for the identity provider, its details for us. */
export function SamlForm({ organizationId, connection, onTouched, onSaved, onCancel }: Props) {
  const form = useSamlForm({ organizationId, connection, onSaved })
  const given = unmask(SamlForm_connection, connection)
  const setup = useSetupProgress(given)
  const paste = usePaste({ organizationId, connectionId: given.id }, (values) => change(values))
  const step = useFocusOnMount<HTMLFormElement>()
  const alert = useRef<HTMLDivElement>(null)
  const wrong = form.firstRefused
  /** Saves what has to be confirmed first; null while nothing has. */
  const [confirmed, setConfirmed] = useState<(() => Promise<void>) | null>(null)

  useEffect(() => {
    if (form.problem === null) return
    const field = wrong === undefined ? null : step.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)
    const target = field ?? alert.current
    target?.focus()
  }, [form.problem, wrong, step])

  const change = (part: Partial<SamlFormValues>) => {
    onTouched()
    setConfirmed(null)
    form.set(part)
  }
  const save = async (wanted: SamlFormValues, url: string | null) => {
    const go = () => form.save(wanted, url).finally(() => setConfirmed(null))
    if (form.identityCount === 0 || !changedFields(form.base, wanted).includes('subjectAttribute')) return go()
    setConfirmed(() => go)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!paste.unread) return save(form.values, paste.fetchedFrom)
    const read = await paste.read()
    if (read !== null) await save({ ...form.values, ...read.values }, read.url)
  }
  const field = (name: TextField) => ({
    name,
    label: labels[name],
    value: form.values[name],
    error: form.errorOf(name),
    autoCapitalize: 'off',
    autoCorrect: 'off',
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
  })

  return (
    <form ref={step} tabIndex={-1} noValidate aria-label="SAML 2.0" onSubmit={(event) => void submit(event)}>
      <Stack gap="lg">
        <section onCopy={onTouched} onClickCapture={onTouched}>
          <Title order={3}>For your identity provider</Title>
          <Text size="sm" c="dimmed" mb="md">
            These hold already, before you save. If you entered a placeholder over there, replace it with them.
          </Text>
          <GuidedSetup kind="SamlConnection" ours={{ ...given, spEntityId: form.values.spEntityId }} state={setup}>
            <OurAddresses connection={given} which="form" />
          </GuidedSetup>
          {given.identityCount === 0 && (
            <Stack mt="md">
              <Disclosure label="Somebody else runs the identity provider?">
                <HandOver connection={given} />
              </Disclosure>
            </Stack>
          )}
        </section>
        <Divider />
        <section>
          <Title order={3} mb="sm">
            From your identity provider
          </Title>
          <Stack gap="md">
            <PasteBox paste={paste} />
            <TextInput
              {...field('idpSsoUrl')}
              description="Where members are sent to sign in. In Microsoft Entra: Login URL."
              placeholder="https://login.microsoftonline.com/…/saml2"
              inputMode="url"
            />
            <TextInput
              {...field('spEntityId')}
              description="Our name over there, the same on both sides. In Microsoft Entra: Identifier (Entity ID). Keep this one, or enter the word you chose there, such as acme."
            />
            <CertificateField
              organizationId={organizationId}
              value={form.values.certificate}
              error={form.errorOf('certificate')}
              onChange={(certificate) => change({ certificate })}
            />
            <TextInput
              {...field('idpEntityId')}
              description="Its own name. Empty: learned at the first sign-in, then required. In Microsoft Entra: Microsoft Entra Identifier."
              placeholder="https://sts.windows.net/…/"
            />
            <TextInput {...field('name')} description="What owners call this connection here." />
          </Stack>
        </section>
        <MoreSettings connection={given} values={form.values} errorOf={form.errorOf} onChange={change} />
        {confirmed !== null && (
          <SubjectChangeNotice
            people={form.identityCount}
            busy={form.loading}
            onCancel={() => setConfirmed(null)}
            onGoOn={() => void confirmed()}
          />
        )}
        {form.theirs !== null && (
          <StaleNotice
            theirs={form.theirs}
            changes={describeChanges(form.base, form.theirs.values)}
            unseen="it was enabled or disabled"
            busy={form.loading}
            onLoadTheirs={form.loadTheirs}
            onKeepMine={() => void form.keepMine()}
          />
        )}
        {form.problem !== null && wrong === undefined && (
          <div ref={alert} tabIndex={-1}>
            <Problem message={form.message} reference={form.problem.requestId} />
          </div>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={form.loading || paste.loading}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
