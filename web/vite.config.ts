import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compression } from 'vite-plugin-compression2'

const api = `http://localhost:${process.env.DEV_API ?? '4000'}`

/** GraphiQL has a page of its own, which the server serves at the same address, and brings no fonts along: ours do. */
const graphiql: Plugin = {
  name: 'graphiql',
  enforce: 'pre',
  transform(code, id) {
    return id.endsWith('/graphiql/dist/style.css') ? code.replace(/@font-face\s*\{[^}]*\}/g, '') : null
  },
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      if (request.url === '/graphiql') request.url = '/graphiql.html'
      next()
    })
  },
}

const generated = new URL('src/graphql/generated/graphql.ts', import.meta.url)

/**
 * Puts each operation where it is asked, so that a page loads its own and not those of all pages, which stand in one file. A
 * fragment's document is only a name for its type: what runs never looks into it.
 */
function ownDocuments(): Plugin {
  let documents = new Map<string, string>()
  return {
    name: 'own-documents',
    enforce: 'pre',
    buildStart() {
      const text = readFileSync(generated, 'utf8')
      const found = text.matchAll(/^export const (\w+)Document = (\{.*\}) as unknown as/gm)
      documents = new Map([...found].map(([, name = '', json = '']) => [name, json]))
    },
    transform(code, id) {
      // The sign-in page has a client of its own, and a small list.
      if (!code.includes("/graphql/generated/gql.ts'")) return null
      return code.replace(
        /\bgraphql\(`\s*(fragment|query|mutation) (\w+)[^`]*`\)/g,
        (_call, kind: string, name: string) => {
          if (kind === 'fragment') return '{}'
          const json = documents.get(`${name[0]?.toUpperCase()}${name.slice(1)}`)
          if (json === undefined) throw new Error(`${id} asks ${name}, which is not generated`)
          return json
        },
      )
    },
  }
}

export default defineConfig({
  plugins: [
    graphiql,
    ownDocuments(),
    react(),
    compression({ algorithms: ['brotliCompress', 'gzip'], include: /\.(js|css|svg|html)$/ }),
  ],
  build: {
    // The content security policy admits no data: addresses for fonts and scripts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['index.html', 'graphiql.html'],
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](\.pnpm[\\/])?(react|react-dom|scheduler)[@\\/]/, priority: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: { '/graphql': api, '/sso': api, '/dev/inbox': api, '/healthz': api, '/readyz': api },
  },
})
