import { Button, Stack, Switch, Text, Title } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { AttributeMappingFields, mappingFields } from './attribute-mapping-fields.tsx'
import { samlFieldLabels as labels, type SamlField, type SamlFormValues } from './saml-form-values.ts'

type Props = {
  connectionId: string
  values: SamlFormValues
  errorOf: (field: SamlField) => string | undefined
  onChange: (part: Partial<SamlFormValues>) => void
}

/** What most connections never need, closed until it is asked for or in use. */
export function MoreSettings({ connectionId, values, errorOf, onChange }: Props) {
  const used = values.allowIdpInitiated || mappingFields.some((field) => values[field] !== '')
  const [opened, setOpened] = useState(used)
  const content = useId()
  const open = opened || mappingFields.some((field) => errorOf(field) !== undefined)
  return (
    <section>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        ml={-8}
        aria-expanded={open}
        aria-controls={content}
        leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={() => setOpened(!open)}
      >
        More settings
      </Button>
      <div id={content} hidden={!open}>
        {open && (
          <Stack gap="lg" mt="sm">
            <AttributeMappingFields connectionId={connectionId} values={values} errorOf={errorOf} onChange={onChange} />
            <div>
              <Title order={3} mb="sm">
                Tiles and test buttons
              </Title>
              <Switch
                name="allowIdpInitiated"
                label={labels.allowIdpInitiated}
                checked={values.allowIdpInitiated}
                onChange={(event) => onChange({ allowIdpInitiated: event.currentTarget.checked })}
                description="Such a sign-in is bound to no browser: somebody could lead a member’s browser here and have them work in another account. So each one is confirmed by the member first."
              />
              <Text size="sm" c="dimmed" mt="xs">
                Safer, and without a question: leave this off, and give the identity provider the SSO login URL as the
                application’s start address. In Microsoft Entra: Sign on URL. The tile then starts here.
              </Text>
            </div>
          </Stack>
        )}
      </div>
    </section>
  )
}
