import formbody from '@fastify/formbody'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { createId } from '../core/ids.ts'
import { buildGatehouseSchema } from '../graphql/build-schema.ts'
import { registerSsoRoutes } from '../sso/login/routes.ts'
import { registerGraphqlRoute } from './graphql-route.ts'
import { registerHealth } from './health.ts'
import { type AppParts, createRequestContext, sendCookies } from './request-context.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { registerWebConsole } from './web-console.ts'

/** Everything is smaller than this: a SAML response of 256 KiB with its form encoding is the largest. */
const bodyLimit = 384 * 1024

/** The route table. */
export async function createServer(parts: AppParts): Promise<FastifyInstance> {
  const { config, clock, log } = parts
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    disableRequestLogging: true,
    trustProxy: config.trustProxy,
    bodyLimit,
    genReqId: () => createId('req', clock.now()),
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  server.addHook('onSend', async (request, reply) => sendCookies(request, reply))
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const facts = { requestId: request.id, method, route: routeOptions.url, status: reply.statusCode }
    log.info({ ...facts, milliseconds: Math.round(reply.elapsedTime) }, 'request')
  })
  await registerSecurityHeaders(server, config.secureCookies)
  await server.register(formbody, { bodyLimit })
  registerHealth(server, parts.db)
  await registerGraphqlRoute(server, await buildGatehouseSchema(), parts)
  registerSsoRoutes(server, (request) => createRequestContext(request, parts))
  await registerWebConsole(server)
  return server
}
