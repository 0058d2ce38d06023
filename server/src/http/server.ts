import formbody from '@fastify/formbody'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { createId } from '../core/ids.ts'
import type { Log } from '../core/log.ts'
import { buildGatehouseSchema } from '../graphql/build-schema.ts'
import { registerSsoRoutes } from '../sso/login/routes.ts'
import { registerLogoutRoutes } from '../sso/logout/routes.ts'
import { registerAuditExport } from './audit-export-route.ts'
import { registerDevInbox } from './dev-inbox.ts'
import { registerGraphqlRoute } from './graphql-route.ts'
import { registerHealth } from './health.ts'
import { type AppParts, createRequestContext, sendCookies } from './request-context.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { registerUnexpectedError } from './unexpected-error.ts'
import { registerWebConsole } from './web-console.ts'

/** Everything is smaller than this: a SAML response of 256 KiB with its form encoding is the largest. */
const bodyLimit = 384 * 1024

/** The framework's own news, such as the addresses it listens on, interest only who looks for a fault. */
function frameworkLog(log: Log): FastifyBaseLogger {
  const quiet = log.isLevelEnabled('info') && !log.isLevelEnabled('debug')
  return log.child({}, quiet ? { level: 'warn' } : {}) as FastifyBaseLogger
}

/** What people and scripts do is news; the files of the console and the questions of a supervisor are not. */
function levelOf({ routeOptions: { url = '' } }: FastifyRequest, status: number): 'warn' | 'info' | 'debug' {
  if (status >= 500) return 'warn'
  return url === '/graphql' || url.startsWith('/sso/') ? 'info' : 'debug'
}

/** The route table. */
export async function createServer(parts: AppParts): Promise<FastifyInstance> {
  const { config, clock, log } = parts
  const server = Fastify({
    loggerInstance: frameworkLog(log),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address: string, hop: number) => hop < config.trustedProxies,
    bodyLimit,
    genReqId: () => createId('req', clock.now()),
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  let closing = false
  server.addHook('preClose', async () => {
    closing = true
  })
  server.addHook('onSend', async (request, reply) => {
    // A connection kept alive after the answer would hold up the stop until it times out.
    if (closing) reply.header('connection', 'close')
    sendCookies(request, reply)
  })
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const facts = { requestId: request.id, method, route: routeOptions.url, status: reply.statusCode }
    log[levelOf(request, reply.statusCode)]({ ...facts, milliseconds: Math.round(reply.elapsedTime) }, 'request')
  })
  registerUnexpectedError(server, log)
  await registerSecurityHeaders(server, config.secureCookies)
  await server.register(formbody, { bodyLimit })
  registerHealth(server, parts.db)
  await registerGraphqlRoute(server, await buildGatehouseSchema(), parts)
  registerAuditExport(server, parts)
  if (config.devInbox) registerDevInbox(server, parts)
  registerSsoRoutes(server, (request) => createRequestContext(request, parts))
  registerLogoutRoutes(server, (request) => createRequestContext(request, parts))
  await registerWebConsole(server)
  return server
}
