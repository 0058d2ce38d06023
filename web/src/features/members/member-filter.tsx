import { CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './member-filter.module.css'

export const MemberFilter_organization = graphql(`
  fragment MemberFilter_organization on Organization {
    roles {
      id
      key
      name
    }
  }
`)

type Props = {
  organization: FragmentType<typeof MemberFilter_organization> | null
  query: string
  role: string
  onQuery: (query: string) => void
  onRole: (role: string) => void
}

/** Narrows the list; what was typed reaches the address bar a moment after the last key. */
export function MemberFilter({ organization, query, role, onQuery, onRole }: Props) {
  const roles = unmask(MemberFilter_organization, organization)?.roles ?? []
  const [typed, setTyped] = useState(query)
  const report = useDebouncedCallback(onQuery, 250)
  useEffect(() => setTyped(query), [query])

  const type = (text: string) => {
    setTyped(text)
    report(text)
  }
  return (
    <search className={classes['filter']}>
      <TextInput
        className={classes['query'] ?? ''}
        aria-label="Search members by name or e-mail address"
        placeholder="Search by name or e-mail address"
        type="search"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={
          typed === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />
        }
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <NativeSelect
        className={classes['role'] ?? ''}
        aria-label="Show members with the role"
        value={role}
        onChange={(event) => onRole(event.currentTarget.value)}
        data={[{ value: '', label: 'Every role' }, ...roles.map(({ key, name }) => ({ value: key, label: name }))]}
      />
    </search>
  )
}
