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

export default defineConfig({
  plugins: [
    graphiql,
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
