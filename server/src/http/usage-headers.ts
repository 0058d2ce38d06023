import type { FastifyReply } from 'fastify'
import type { Usage } from '../access/request-context.ts'

/**
 * What the request used up, for whoever paces themself: the cost of the operation, and how the limit stands
 * (draft-ietf-httpapi-ratelimit-headers, sections 3 and 4).
 */
export function sendUsage(reply: FastifyReply, { cost, rateLimit }: Usage): void {
  if (cost > 0) reply.header('graphql-cost', cost)
  if (rateLimit === null) return
  const { limit, window, remaining, resetsIn } = rateLimit
  reply.header('ratelimit-policy', `"graphql";q=${limit};w=${window}`)
  reply.header('ratelimit', `"graphql";r=${remaining};t=${resetsIn}`)
}
