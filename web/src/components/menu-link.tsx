import { Menu, type MenuItemProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

/** A row of a menu that leads to another page. */
export const MenuLink = createLink(function MenuAnchor(
  props: MenuItemProps & Omit<ComponentProps<'a'>, keyof MenuItemProps>,
) {
  return <Menu.Item component="a" {...props} />
})
