import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

// src/http and dist/http lie equally deep.
const root = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Serves the built console: hashed assets for a year, and index.html for every page address. */
export async function registerWebConsole(server: FastifyInstance): Promise<void> {
  const built = existsSync(`${root}/index.html`)
  if (built) {
    await server.register(fastifyStatic, {
      root,
      preCompressed: true,
      setHeaders(response, path) {
        const immutable = path.includes('/assets/')
        response.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  if (built) {
    server.get('/graphiql', (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('graphiql.html'))
  }
  server.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (built && wantsPage && !request.url.startsWith('/sso/')) {
      return reply.header('cache-control', 'no-cache').sendFile('index.html')
    }
    return reply.code(404).type('text/plain').send('There is nothing at this address.\n')
  })
}
