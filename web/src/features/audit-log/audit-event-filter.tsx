import { NativeSelect, TextInput } from '@mantine/core'
import { SearchInput } from '../../components/search-input.tsx'
import classes from './audit-event-filter.module.css'
import type { AuditSearch } from './audit-search.ts'

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

type Props = { search: AuditSearch; onChange: (change: AuditSearch) => void }

/** Narrows the list. */
export function AuditEventFilter({ search, onChange }: Props) {
  // An address may name one type exactly, such as membership.roleChanged.
  const named = search.type ?? ''
  const offered = kinds.some(({ value }) => value === named) ? kinds : [...kinds, { value: named, label: named }]
  return (
    <search className={classes['filter']}>
      <SearchInput
        className={classes['query']}
        label="Search the audit log by text or by who did it"
        placeholder="Search by text or by who did it"
        query={search.q ?? ''}
        onQuery={(q) => onChange({ q })}
      />
      <NativeSelect
        className={classes['kind'] ?? ''}
        aria-label="Show events about"
        value={named}
        onChange={(event) => onChange({ type: event.currentTarget.value })}
        data={offered}
      />
      <TextInput
        className={classes['day'] ?? ''}
        type="date"
        label="From"
        max={search.to}
        value={search.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        className={classes['day'] ?? ''}
        type="date"
        label="To"
        min={search.from}
        value={search.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </search>
  )
}
