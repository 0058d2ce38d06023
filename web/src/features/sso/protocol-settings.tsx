import { Stack, Switch, Text, TextInput } from '@mantine/core'
import { samlFieldLabels as labels, type SamlField, type SamlFormValues } from './saml-form-values.ts'

type Props = {
  values: SamlFormValues
  errorOf: (field: SamlField) => string | undefined
  onChange: (part: Partial<SamlFormValues>) => void
}

type SwitchField = 'signAuthnRequests' | 'forceAuthn' | 'allowCbcEncryption'

const switches: [field: SwitchField, description: string][] = [
  [
    'signAuthnRequests',
    'For identity providers that insist on it. Give yours our signing certificate: it is on the page of this connection once this is saved, and in our metadata.',
  ],
  [
    'forceAuthn',
    'An earlier sign-in at the identity provider does not count: members enter their password, or what else it asks for, each time.',
  ],
  [
    'allowCbcEncryption',
    'Only if sign-ins are refused without it: Microsoft Entra and AD FS encrypt this way. The newer AES-GCM is accepted anyway. Sign-ins that start at the identity provider are then refused when they are encrypted.',
  ],
]

/** Whether one of them is not as it is at first. */
export const usesProtocolSettings = (values: SamlFormValues): boolean =>
  values.allowIdpInitiated ||
  values.signAuthnRequests ||
  values.forceAuthn ||
  values.allowCbcEncryption ||
  values.requestedAuthnContext !== ''

/** How the protocol is spoken, where an identity provider wants it in another way than most. */
export function ProtocolSettings({ values, errorOf, onChange }: Props) {
  return (
    <Stack gap="md" mt="sm">
      <div>
        <Switch
          name="allowIdpInitiated"
          label={labels.allowIdpInitiated}
          checked={values.allowIdpInitiated}
          onChange={(event) => onChange({ allowIdpInitiated: event.currentTarget.checked })}
          description="For tiles and test buttons over there. Such a sign-in is bound to no browser: somebody could lead a member’s browser here and have them work in another account. So each one is confirmed by the member first."
        />
        <Text size="xs" c="dimmed" mt={6}>
          Safer, and without a question: leave this off, and give the identity provider the SSO login URL as the
          application’s start address (Microsoft Entra: Sign on URL). The tile then starts here.
        </Text>
      </div>
      {switches.map(([field, description]) => (
        <Switch
          key={field}
          name={field}
          label={labels[field]}
          description={description}
          checked={values[field]}
          onChange={(event) => onChange({ [field]: event.currentTarget.checked })}
        />
      ))}
      <TextInput
        name="requestedAuthnContext"
        label={labels.requestedAuthnContext}
        description="How members must have signed in over there, as a URI: it is asked for, and then required. Empty: in any way. Microsoft Entra refuses members who used a better one."
        placeholder="urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
        value={values.requestedAuthnContext}
        error={errorOf('requestedAuthnContext')}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ requestedAuthnContext: event.currentTarget.value })}
      />
    </Stack>
  )
}
