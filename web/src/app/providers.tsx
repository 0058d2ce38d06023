import { ApolloProvider } from '@apollo/client/react'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { createClient } from '../graphql/client.ts'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'

const colorSchemeManager = localStorageColorSchemeManager()

const publicPaths = ['/sign-in', '/setup', '/link-account']

const client = createClient(() => {
  const { pathname, href } = router.state.location
  if (publicPaths.includes(pathname)) return
  const search = pathname === '/' ? {} : { returnTo: href }
  void router.navigate({ to: '/sign-in', search, replace: true })
})

export function Providers() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <ApolloProvider client={client}>
        <RouterProvider router={router} />
      </ApolloProvider>
    </MantineProvider>
  )
}
