import '../app/style-nonce.ts'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/index.css'
import 'graphiql/style.css'
import './graphiql.css'

const example = `# Whoever is signed in to the console in this browser asks here, as they may there.
# An access token works too: put {"Authorization": "Bearer gatehouse_…"} into Headers.
{
  viewer {
    user {
      email
    }
    memberships(first: 10) {
      nodes {
        role {
          key
        }
        organization {
          slug
        }
      }
    }
  }
}
`

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: '/graphql' })}
    defaultQuery={example}
    // Headers may hold a secret.
    shouldPersistHeaders={false}
  />,
)
