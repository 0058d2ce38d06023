import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { createPagePolicy } from './security-headers.ts'

// src/http and dist/http lie equally deep.
const root = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Sends a built page; each time with another nonce, so that no copy of it is kept. */
function pageOf(name: string): (reply: FastifyReply) => FastifyReply {
  const html = readFileSync(`${root}/${name}`, 'utf8')
  return (reply) => {
    const { nonce, header } = createPagePolicy()
    return reply
      .header('content-security-policy', header)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll('%NONCE%', nonce))
  }
}

/** Serves the built console: hashed assets for a year, and index.html for every page address. */
export async function registerWebConsole(server: FastifyInstance): Promise<void> {
  const console = existsSync(`${root}/index.html`) ? pageOf('index.html') : null
  if (console !== null) {
    await server.register(fastifyStatic, {
      root,
      index: false,
      preCompressed: true,
      setHeaders(response, path) {
        const immutable = path.includes('/assets/')
        response.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    const graphiql = pageOf('graphiql.html')
    for (const path of ['/', '/index.html']) server.get(path, (_request, reply) => console(reply))
    for (const path of ['/graphiql', '/graphiql.html']) server.get(path, (_request, reply) => graphiql(reply))
  }
  server.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (console !== null && wantsPage && !request.url.startsWith('/sso/')) return console(reply)
    return reply.code(404).type('text/plain').send('There is nothing at this address.\n')
  })
}
