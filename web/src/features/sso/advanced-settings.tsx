import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { ProtocolSettings } from './protocol-settings.tsx'
import type { SamlField, SamlFormValues } from './saml-form-values.ts'

type Props = {
  values: SamlFormValues
  errorOf: (field: SamlField) => string | undefined
  onChange: (part: Partial<SamlFormValues>) => void
}

/** What most connections never need, closed until it is asked for or in use. */
export function AdvancedSettings({ values, errorOf, onChange }: Props) {
  const { signAuthnRequests, forceAuthn, allowCbcEncryption, requestedAuthnContext } = values
  const used = signAuthnRequests || forceAuthn || allowCbcEncryption || requestedAuthnContext !== ''
  const [opened, setOpened] = useState(used)
  const content = useId()
  const open = opened || errorOf('requestedAuthnContext') !== undefined
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
        Advanced
      </Button>
      <div id={content} hidden={!open}>
        {open && <ProtocolSettings values={values} errorOf={errorOf} onChange={onChange} />}
      </div>
    </section>
  )
}
