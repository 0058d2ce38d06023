import type { FastifyInstance } from 'fastify'
import type { Db } from '../db/client.ts'
import { pingDatabase } from '../db/ping.ts'

/** /healthz: the process answers. /readyz: it can reach its database too; 503 otherwise. */
export function registerHealth(server: FastifyInstance, db: Db): void {
  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) => {
    try {
      await pingDatabase(db)
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' })
    }
  })
}
