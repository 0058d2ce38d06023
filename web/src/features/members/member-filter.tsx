import { NativeSelect } from '@mantine/core'
import { SearchInput } from '../../components/search-input.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './member-filter.module.css'

export const MemberFilter_organization = graphql(`
  fragment MemberFilter_organization on Organization {
    viewerPermissions
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
  /** `used` or `never` single sign-on; empty: either. */
  sso: string
  onQuery: (query: string) => void
  onRole: (role: string) => void
  onSso: (sso: string) => void
}

/** Narrows the list. */
export function MemberFilter({ organization, query, role, sso, onQuery, onRole, onSso }: Props) {
  const { roles = [], viewerPermissions = [] } = unmask(MemberFilter_organization, organization) ?? {}
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
      {viewerPermissions.includes('sso:read') && (
        <NativeSelect
          className={classes['role'] ?? ''}
          aria-label="Show members by their use of single sign-on"
          value={sso}
          onChange={(event) => onSso(event.currentTarget.value)}
          data={[
            { value: '', label: 'Any way in' },
            { value: 'used', label: 'Used single sign-on' },
            { value: 'never', label: 'Never used it' },
          ]}
        />
      )}
    </search>
  )
}
