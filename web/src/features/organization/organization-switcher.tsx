import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconLogin2, IconPlus, IconSelector, IconShieldLock } from '@tabler/icons-react'
import { MenuLink } from '../../components/menu-link.tsx'
import { SideMenu } from '../../components/side-menu.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './organization-switcher.module.css'

export const OrganizationSwitcher_viewer = graphql(`
  fragment OrganizationSwitcher_viewer on Viewer {
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
    signedInThrough
    organizationsNeedingSso {
      id
      slug
      name
      entrances {
        connectionId
        loginUrl
      }
    }
  }
`)

type Props = {
  viewer: FragmentType<typeof OrganizationSwitcher_viewer>
  slug: string
  /** Null when the viewer may not make another organization. */
  onCreate: (() => void) | null
}

/** The organization that is open, and the way to the viewer's others. */
export function OrganizationSwitcher({ viewer, slug, onCreate }: Props) {
  const { organizationsNeedingSso, signedInThrough, ...seen } = unmask(OrganizationSwitcher_viewer, viewer)
  const needing = new Set(organizationsNeedingSso.map(({ id }) => id))
  const memberships = seen.memberships.nodes.filter(({ organization }) => !needing.has(organization.id))
  const current = memberships.find(({ organization }) => organization.slug === slug)
  return (
    <SideMenu width="target" position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes['target']}>
          <span className={classes['tile']} aria-hidden="true">
            {(current?.organization.name ?? slug).slice(0, 1).toUpperCase()}
          </span>
          <span className={classes['words']}>
            <VisuallyHidden>Switch the organization. Open: </VisuallyHidden>
            <span className={classes['name']}>{current?.organization.name ?? slug}</span>
            {current !== undefined && <span className={classes['role']}>{current.role.name}</span>}
          </span>
          <IconSelector size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Your organizations</Menu.Label>
        {memberships.map(({ id, organization }) => (
          <MenuLink
            key={id}
            to="/organizations/$slug/members"
            params={{ slug: organization.slug }}
            aria-current={organization.slug === slug ? 'true' : undefined}
            rightSection={organization.slug === slug ? <IconCheck size={15} aria-hidden="true" /> : null}
          >
            {organization.name}
          </MenuLink>
        ))}
        {organizationsNeedingSso.map(({ id, slug: needed, name, entrances }) => {
          const [entrance, ...others] = entrances
          const row = (
            <>
              {name}
              <span className={classes['note']}>Needs single sign-on</span>
            </>
          )
          const icon = <IconShieldLock size={15} aria-hidden="true" />
          // With several ways in, or none, its own page says so.
          return entrance !== undefined && others.length === 0 ? (
            <Menu.Item key={id} component="a" href={entrance.loginUrl} rightSection={icon}>
              {row}
            </Menu.Item>
          ) : (
            <MenuLink key={id} to="/organizations/$slug/members" params={{ slug: needed }} rightSection={icon}>
              {row}
            </MenuLink>
          )
        })}
        {signedInThrough !== null && (
          <>
            <Menu.Divider />
            <MenuLink to="/sign-in" leftSection={<IconLogin2 size={15} aria-hidden="true" />}>
              Sign in to another organization…
            </MenuLink>
          </>
        )}
        {onCreate !== null && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={onCreate}>
              New organization…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </SideMenu>
  )
}
