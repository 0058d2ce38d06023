import { Button, Divider, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useEffect, useRef } from 'react'
import { Disclosure } from '../../components/disclosure.tsx'
import { Problem } from '../../components/problem.tsx'
import { AttributeMappingFields, mappingFields } from './attribute-mapping-fields.tsx'
import { GuidedSetup } from './guide/guided-setup.tsx'
import { useSetupProgress } from './guide/use-setup-progress.ts'
import { OidcAddresses } from './oidc-addresses.tsx'
import type { OidcFormConnection } from './oidc-form-connection.ts'
import { describeOidcChanges, type OidcFormValues, oidcFieldLabels } from './oidc-form-values.ts'
import { protocolNames } from './protocol-names.ts'
import { StaleNotice } from './stale-notice.tsx'
import { useFocusOnMount } from './use-focus-on-mount.ts'
import { useOidcForm } from './use-oidc-form.ts'

type Props = {
  kind: OidcFormConnection['kind']
  organizationId: string
  /** The connection to change; null to make one. */
  connection: OidcFormConnection | null
  /** The addresses, known before there is a connection. */
  addresses: { redirectUrl: string; loginUrl: string; reservation: string | null }
  /** Something was typed here, or carried away from here. */
  onTouched: () => void
  onSaved: (connectionId: string) => void
  onCancel: () => void
}

const words = {
  OktaConnection: {
    description:
      'The host of your Okta organization, such as acme.okta.com, or your custom domain. For a custom authorization server its whole issuer, such as https://acme.okta.com/oauth2/default.',
    placeholder: 'acme.okta.com',
    credentials: 'In Okta: your application → General → Client Credentials.',
  },
  OidcConnection: {
    description: 'Where the identity provider describes itself: the address before /.well-known/openid-configuration.',
    placeholder: 'https://id.example.com',
    credentials: 'Of the application over there.',
  },
}

/** The guide that a new connection begins with, where there is one alone. */
const firstGuide = { OktaConnection: 'okta-workforce', OidcConnection: null }

/** Both directions of the trust: our addresses for the identity provider, its details for us. */
export function OidcForm({ kind, organizationId, connection, addresses, onTouched, onSaved, onCancel }: Props) {
  const { reservation } = addresses
  const setup = useSetupProgress(connection?.guided ?? null)
  const saved = (connectionId: string) => {
    if (connection === null) void setup.keep(connectionId)
    onSaved(connectionId)
  }
  const form = useOidcForm({ kind, organizationId, connection, reservation, onSaved: saved })
  const step = useFocusOnMount<HTMLFormElement>()
  const alert = useRef<HTMLDivElement>(null)
  const wrong = form.firstRefused
  const { description, placeholder, credentials } = words[kind]
  const labels = oidcFieldLabels(kind)

  useEffect(() => {
    if (form.problem === null) return
    const field = wrong === undefined ? null : step.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)
    const target = field ?? alert.current
    target?.focus()
  }, [form.problem, wrong, step])

  const change = (part: Partial<OidcFormValues>) => {
    onTouched()
    form.set(part)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.save()
  }
  const field = (name: 'provider' | 'clientId' | 'clientSecret' | 'name') => ({
    name,
    label: labels[name],
    value: form.values[name],
    error: form.errorOf(name),
    autoCapitalize: 'off',
    autoCorrect: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
  })

  return (
    <form ref={step} tabIndex={-1} noValidate aria-label={protocolNames[kind]} onSubmit={submit}>
      <Stack gap="lg">
        <section onCopy={onTouched} onClickCapture={onTouched}>
          <Title order={3}>For your identity provider</Title>
          <Text size="sm" c="dimmed" mb="md">
            {connection === null
              ? 'They hold as soon as you save here, and are kept for a day. Enter them over there first.'
              : 'They stay the same, whatever you change here.'}
          </Text>
          <GuidedSetup
            kind={kind}
            ours={addresses}
            state={setup}
            initially={connection === null ? firstGuide[kind] : null}
          >
            <OidcAddresses kind={kind} {...addresses} />
          </GuidedSetup>
        </section>
        <Divider />
        <section>
          <Title order={3} mb="sm">
            From your identity provider
          </Title>
          <Stack gap="md">
            <TextInput
              {...field('provider')}
              description={description}
              placeholder={placeholder}
              inputMode="url"
              autoComplete="off"
            />
            <TextInput {...field('clientId')} description={credentials} autoComplete="off" />
            <PasswordInput
              {...field('clientSecret')}
              description={
                connection === null
                  ? 'It is stored encrypted and never shown again.'
                  : 'Never shown again. Leave it empty to keep the one that is saved.'
              }
              placeholder={connection === null ? undefined : 'Unchanged'}
              visibilityToggleButtonProps={{ 'aria-label': 'Show the Client Secret' }}
              autoComplete="off"
            />
            <TextInput {...field('name')} description="What owners call this connection here." autoComplete="off" />
          </Stack>
        </section>
        <Disclosure
          label="Attributes"
          initiallyOpen={mappingFields.some((name) => form.values[name] !== '')}
          forcedOpen={mappingFields.some((name) => form.errorOf(name) !== undefined)}
        >
          <AttributeMappingFields
            words="claims"
            connectionId={connection?.id ?? null}
            values={form.values}
            errorOf={form.errorOf}
            onChange={change}
          />
        </Disclosure>
        {form.theirs !== null && (
          <StaleNotice
            theirs={form.theirs}
            changes={describeOidcChanges(labels, form.base, form.theirs.values)}
            unseen="it was enabled or disabled, or its Client Secret was replaced"
            busy={form.loading}
            onLoadTheirs={form.loadTheirs}
            onKeepMine={() => void form.keepMine()}
          />
        )}
        {form.problem !== null && wrong === undefined && (
          <div ref={alert} tabIndex={-1}>
            <Problem message={form.problem.message} reference={form.problem.requestId} />
          </div>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={form.loading}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
