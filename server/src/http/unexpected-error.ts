import type { FastifyError, FastifyInstance } from 'fastify'
import type { Log } from '../core/log.ts'

/** What no route took care of: logged in full, answered with a reference. GraphQL clients can read the answer too. */
export function registerUnexpectedError(server: FastifyInstance, log: Log): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    // The framework's words about a request it could not read.
    if (status < 500) return reply.send(error)
    log.error({ requestId: request.id, err: error }, 'a request failed unexpectedly')
    const message = `Something went wrong on our side. Quote the reference ${request.id} when you ask for help.`
    const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId: request.id }
    return reply.code(status).send({ errors: [{ message, extensions }] })
  })
}
