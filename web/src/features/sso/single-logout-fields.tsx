import { Stack, TextInput } from '@mantine/core'
import { CopyableValue } from '../../components/copyable-value.tsx'
import { samlFieldLabels as labels, type SamlField, type SamlFormValues } from './saml-form-values.ts'

type Props = {
  /** Where logout messages reach us. */
  ours: string
  values: SamlFormValues
  errorOf: (field: SamlField) => string | undefined
  onChange: (part: Partial<SamlFormValues>) => void
}

/** Both addresses of single logout. A connection works without it. */
export function SingleLogoutFields({ ours, values, errorOf, onChange }: Props) {
  const field = (name: 'idpSloUrl' | 'idpSloResponseUrl') => ({
    name,
    label: labels[name],
    value: values[name],
    error: errorOf(name),
    inputMode: 'url' as const,
    autoCapitalize: 'off',
    autoCorrect: 'off',
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  })
  return (
    <Stack gap="md" mt="sm">
      <CopyableValue
        label="Our logout URL"
        description="Goes into the identity provider, so that signing out there ends the session here. In Microsoft Entra: Logout Url."
        value={ours}
      />
      <TextInput
        {...field('idpSloUrl')}
        description="Where members are sent after signing out here, so that it ends their session too. Empty: they are not."
        placeholder="https://login.microsoftonline.com/…/saml2"
      />
      <TextInput
        {...field('idpSloResponseUrl')}
        description="Only when answers go to another address (ResponseLocation in metadata)."
      />
    </Stack>
  )
}
