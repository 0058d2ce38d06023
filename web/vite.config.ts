import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'

const api = `http://localhost:${process.env.DEV_API ?? '4000'}`

export default defineConfig({
  plugins: [react(), compression({ algorithms: ['brotliCompress', 'gzip'], include: /\.(js|css|svg|html)$/ })],
  build: {
    // The content security policy admits no data: addresses for fonts and scripts.
    assetsInlineLimit: 0,
    rolldownOptions: {
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
    proxy: { '/graphql': api, '/sso': api, '/healthz': api, '/readyz': api },
  },
})
