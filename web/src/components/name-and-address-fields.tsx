import { Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { addressFromName } from './address-from-name.ts'

export type NameAndAddress = { name: string; address: string }

type Props = {
  nameLabel: string
  namePlaceholder: string
  /** What precedes the address in the browser, such as `/organizations/`. */
  addressPrefix: string
  value: NameAndAddress
  onChange: (value: NameAndAddress) => void
  errors: { name?: string | undefined; address?: string | undefined }
}

/** A name and the address made of it, until somebody edits the address. */
export function NameAndAddressFields({ nameLabel, namePlaceholder, addressPrefix, value, onChange, errors }: Props) {
  const [edited, setEdited] = useState(false)
  return (
    <Stack gap="md">
      <TextInput
        label={nameLabel}
        placeholder={namePlaceholder}
        required
        withAsterisk={false}
        data-autofocus
        value={value.name}
        error={errors.name}
        onChange={(event) => {
          const name = event.currentTarget.value
          onChange({ name, address: edited ? value.address : addressFromName(name) })
        }}
      />
      <TextInput
        label="Address"
        description={`Where people find it: ${location.host}${addressPrefix}${value.address || '…'}`}
        required
        withAsterisk={false}
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={value.address}
        error={errors.address}
        onChange={(event) => {
          setEdited(true)
          onChange({ ...value, address: event.currentTarget.value })
        }}
      />
    </Stack>
  )
}
