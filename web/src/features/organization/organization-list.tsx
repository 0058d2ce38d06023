import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './organization-list.module.css'

export const OrganizationList_viewer = graphql(`
  fragment OrganizationList_viewer on Viewer {
    memberships(first: 100) {
      nodes {
        id
        role {
          id
          name
        }
        organization {
          id
          slug
          name
        }
      }
    }
    organizationsNeedingSso {
      id
      slug
      name
    }
  }
`)

/** The organizations of the person by name, with their role in each; those that need single sign-on last. */
export function OrganizationList({ viewer }: { viewer: FragmentType<typeof OrganizationList_viewer> }) {
  const { memberships, organizationsNeedingSso } = unmask(OrganizationList_viewer, viewer)
  const needing = new Set(organizationsNeedingSso.map(({ id }) => id))
  const rows = [
    ...memberships.nodes
      .filter(({ organization }) => !needing.has(organization.id))
      .map(({ organization, role }) => ({ ...organization, note: role.name }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    ...organizationsNeedingSso.map((organization) => ({ ...organization, note: 'Needs single sign-on' })),
  ]
  return (
    <ul className={classes['list']}>
      {rows.map(({ id, slug, name, note }) => (
        <li key={id}>
          <Link to="/organizations/$slug/members" params={{ slug }} className={classes['row'] ?? ''} preload={false}>
            <span className={classes['tile']} aria-hidden="true">
              {name.slice(0, 1).toUpperCase()}
            </span>
            <span className={classes['words']}>
              <span className={classes['name']}>{name}</span>
              <span className={classes['note']}>{note}</span>
            </span>
            <IconChevronRight size={16} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
