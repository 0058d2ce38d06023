import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'

const load = () => import('./with-apollo.tsx')
if (location.pathname !== '/sign-in') void load()
const WithApollo = lazy(async () => ({ default: (await load()).WithApollo }))

/**
 * Nothing to be seen: pages for people who are not signed in stand alone, the others inside the organization's frame.
 * The sign-in page, which everybody loads first, does without Apollo; once another page needed it, it stays.
 */
export function RootLayout() {
  const onSignIn = useLocation({ select: ({ pathname }) => pathname === '/sign-in' })
  const [needed, setNeeded] = useState(!onSignIn)
  if (!onSignIn && !needed) setNeeded(true)
  if (!needed) return <Outlet />
  return (
    <Suspense>
      <WithApollo>
        <Outlet />
      </WithApollo>
    </Suspense>
  )
}
