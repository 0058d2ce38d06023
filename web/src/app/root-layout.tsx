import { Outlet } from '@tanstack/react-router'

/** Nothing of its own: pages for people who are not signed in stand alone, the others inside the organization's frame. */
export function RootLayout() {
  return <Outlet />
}
