import { CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import classes from './audit-event-filter.module.css'

/** The kinds of events by what they are about: the nouns of their types. */
const kinds = [
  { value: '', label: 'Everything' },
  { value: 'signIn', label: 'Sign-ins' },
  { value: 'session', label: 'Sessions' },
  { value: 'membership', label: 'Members' },
  { value: 'invitation', label: 'Invitations' },
  { value: 'role', label: 'Roles' },
  { value: 'ssoConnection', label: 'SSO connections' },
  { value: 'ssoTest', label: 'Test sign-ins' },
  { value: 'ssoIdentity', label: 'Connected accounts' },
  { value: 'ssoEnforcement', label: 'Requiring single sign-on' },
  { value: 'recoveryCode', label: 'Used recovery codes' },
  { value: 'recoveryCodes', label: 'Made recovery codes' },
  { value: 'spKey', label: 'Certificates of ours' },
  { value: 'logout', label: 'Refused logout messages' },
  { value: 'domain', label: 'Domains' },
  { value: 'accessToken', label: 'Access tokens' },
  { value: 'user', label: 'Changed e-mail addresses' },
  { value: 'organization', label: 'The organization' },
  { value: 'auditLog', label: 'Exports of this log' },
]

/** What is looked for: a noun, a text, and days as the person's own calendar has them. */
export type AuditSearch = { type?: string; q?: string; from?: string; to?: string }

type Props = { search: AuditSearch; onChange: (change: AuditSearch) => void }

/** Narrows the list; what was typed reaches the address bar a moment after the last key. */
export function AuditEventFilter({ search, onChange }: Props) {
  const query = search.q ?? ''
  const [typed, setTyped] = useState(query)
  const report = useDebouncedCallback((text: string) => onChange({ q: text.trim() }), 250)
  useEffect(() => setTyped(query), [query])

  const type = (text: string) => {
    setTyped(text)
    report(text)
  }
  return (
    <search className={classes['filter']}>
      <TextInput
        className={classes['query'] ?? ''}
        aria-label="Search the audit log by text or by who did it"
        placeholder="Search by text or by who did it"
        type="search"
        maxLength={200}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={
          typed === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />
        }
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <NativeSelect
        className={classes['kind'] ?? ''}
        aria-label="Show events about"
        value={kinds.some(({ value }) => value === search.type) ? search.type : ''}
        onChange={(event) => onChange({ type: event.currentTarget.value })}
        data={kinds}
      />
      <TextInput
        className={classes['day'] ?? ''}
        type="date"
        aria-label="From this day"
        max={search.to}
        value={search.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        className={classes['day'] ?? ''}
        type="date"
        aria-label="To this day"
        min={search.from}
        value={search.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </search>
  )
}
