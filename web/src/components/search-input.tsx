import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import classes from './search-input.module.css'

type Props = {
  label: string
  placeholder: string
  query: string
  onQuery: (query: string) => void
  className?: string | undefined
}

/** A box to search in; what was typed is reported, trimmed, a moment after the last key. */
export function SearchInput({ label, placeholder, query, onQuery, className }: Props) {
  const [typed, setTyped] = useState(query)
  const report = useDebouncedCallback((text: string) => onQuery(text.trim()), 250)
  useEffect(() => setTyped(query), [query])

  const type = (text: string) => {
    setTyped(text)
    report(text)
  }
  return (
    <TextInput
      className={`${classes['search']} ${className ?? ''}`}
      aria-label={label}
      placeholder={placeholder}
      type="search"
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        typed === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />
      }
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}
