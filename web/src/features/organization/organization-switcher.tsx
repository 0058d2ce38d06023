import { Menu, type MenuItemProps, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
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
  }
`)

/** A row of the menu that leads to another page. */
const MenuLink = createLink(function MenuAnchor(props: MenuItemProps & Omit<ComponentProps<'a'>, keyof MenuItemProps>) {
  return <Menu.Item component="a" {...props} />
})

type Props = {
  viewer: FragmentType<typeof OrganizationSwitcher_viewer>
  slug: string
  /** Null when the viewer may not make another organization. */
  onCreate: (() => void) | null
}

/** The organization that is open, and the way to the viewer's others. */
export function OrganizationSwitcher({ viewer, slug, onCreate }: Props) {
  const memberships = unmask(OrganizationSwitcher_viewer, viewer).memberships.nodes
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
