import { Link } from '@tanstack/react-router'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './people-tabs.module.css'

export const PeopleTabs_organization = graphql(`
  fragment PeopleTabs_organization on Organization {
    slug
    invitableRoles {
      id
    }
  }
`)

const tabs = [
  { to: '/organizations/$slug/members', label: 'Members' },
  { to: '/organizations/$slug/invitations', label: 'Invitations' },
] as const

/** Between those who are here and those who are invited, for whoever may invite. */
export function PeopleTabs({ organization }: { organization: FragmentType<typeof PeopleTabs_organization> }) {
  const { slug, invitableRoles } = unmask(PeopleTabs_organization, organization)
  if (invitableRoles.length === 0) return null
  return (
    <nav className={classes['tabs']} aria-label="People">
      {tabs.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ slug }}
          className={classes['tab'] ?? ''}
          activeOptions={{ includeSearch: false }}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
