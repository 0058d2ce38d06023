import { NativeSelect } from '@mantine/core'
import { SearchInput } from '../../components/search-input.tsx'
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

/** Narrows the list. */
export function MemberFilter({ organization, query, role, onQuery, onRole }: Props) {
  const roles = unmask(MemberFilter_organization, organization)?.roles ?? []
  return (
    <search className={classes['filter']}>
      <SearchInput
        className={classes['query']}
        label="Search members by name or e-mail address"
        placeholder="Search by name or e-mail address"
        query={query}
        onQuery={onQuery}
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
