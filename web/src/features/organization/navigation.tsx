import { IconHistory, IconKey, IconSettings, IconShield, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './navigation.module.css'

export const Navigation_organization = graphql(`
  fragment Navigation_organization on Organization {
    slug
    viewerPermissions
  }
`)

const pages = [
  { to: '/organizations/$slug/members', label: 'Members', icon: IconUsers, permission: 'member:read' },
  { to: '/organizations/$slug/roles', label: 'Roles', icon: IconShield, permission: 'member:read' },
  { to: '/organizations/$slug/settings', label: 'Settings', icon: IconSettings, permission: 'organization:read' },
  { to: '/organizations/$slug/access-tokens', label: 'Access tokens', icon: IconKey, permission: 'accessToken:read' },
  { to: '/organizations/$slug/audit-log', label: 'Audit log', icon: IconHistory, permission: 'auditEvent:read' },
] as const

/** The pages of an organization that the viewer may see. */
export function Navigation({ organization }: { organization: FragmentType<typeof Navigation_organization> }) {
  const { slug, viewerPermissions } = unmask(Navigation_organization, organization)
  return (
    <ul className={classes['list']}>
      {pages
        .filter(({ permission }) => viewerPermissions.includes(permission))
        .map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link to={to} params={{ slug }} className={classes['link'] ?? ''} activeOptions={{ includeSearch: false }}>
              <Icon size={17} stroke={1.75} aria-hidden="true" />
              {label}
            </Link>
          </li>
        ))}
    </ul>
  )
}
