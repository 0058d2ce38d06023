import { IconActivity, IconHistory, IconKey, IconSettings, IconShield, IconUsers } from '@tabler/icons-react'
import { Link, useMatchRoute } from '@tanstack/react-router'
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
  {
    to: '/organizations/$slug/members',
    label: 'Members',
    icon: IconUsers,
    permission: 'member:read',
    also: '/organizations/$slug/invitations',
  },
  { to: '/organizations/$slug/roles', label: 'Roles', icon: IconShield, permission: 'member:read', also: null },
  {
    to: '/organizations/$slug/overview',
    label: 'Overview',
    icon: IconActivity,
    permission: 'sso:read',
    also: null,
  },
  {
    to: '/organizations/$slug/settings',
    label: 'Settings',
    icon: IconSettings,
    permission: 'organization:read',
    also: null,
  },
  {
    to: '/organizations/$slug/access-tokens',
    label: 'Access tokens',
    icon: IconKey,
    permission: 'accessToken:read',
    also: null,
  },
  {
    to: '/organizations/$slug/audit-log',
    label: 'Audit log',
    icon: IconHistory,
    permission: 'auditEvent:read',
    also: null,
  },
] as const

/** The pages of an organization that the viewer may see. */
export function Navigation({ organization }: { organization: FragmentType<typeof Navigation_organization> }) {
  const { slug, viewerPermissions } = unmask(Navigation_organization, organization)
  const isAt = useMatchRoute()
  return (
    <ul className={classes['list']}>
      {pages
        .filter(({ permission }) => viewerPermissions.includes(permission))
        .map(({ to, also, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ slug }}
              className={classes['link'] ?? ''}
              activeOptions={{ includeSearch: false }}
              data-within={(also !== null && isAt({ to: also, params: { slug } }) !== false) || undefined}
            >
              <Icon size={17} stroke={1.75} aria-hidden="true" />
              {label}
            </Link>
          </li>
        ))}
    </ul>
  )
}
