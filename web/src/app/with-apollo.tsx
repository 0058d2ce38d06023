import { ApolloProvider } from '@apollo/client/react'
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { createClient } from '../graphql/client.ts'

const publicPaths = ['/sign-in', '/setup', '/link-account', '/invitation', '/set-up']

/** What all pages but the sign-in page ask the server with. */
export function WithApollo({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [client] = useState(() =>
    createClient(() => {
      const { pathname, href } = router.state.location
      if (publicPaths.includes(pathname)) return
      const search = pathname === '/' ? {} : { returnTo: href }
      void router.navigate({ to: '/sign-in', search, replace: true })
    }),
  )
  return <ApolloProvider client={client}>{children}</ApolloProvider>
}
