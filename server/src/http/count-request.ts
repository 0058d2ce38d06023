import type { FastifyRequest } from 'fastify'
import type { RequestContext } from '../access/request-context.ts'

/** Who is counted: the person, the token, or the address. A refused bearer token counts on a tighter limit. */
export async function countRequest(ctx: RequestContext, request: FastifyRequest): Promise<void> {
  const { actor } = ctx
  const address = ctx.ipAddress ?? 'unknown'
  if (actor.kind === 'anonymous' && request.headers.authorization !== undefined) {
    await ctx.limits.consume('accessTokenRefusedByAddress', address)
  }
  const key = actor.kind === 'user' ? actor.userId : actor.kind === 'accessToken' ? actor.accessTokenId : address
  ctx.usage.key = key
  ctx.usage.rateLimit = await ctx.limits.consume('graphqlByActor', key)
}
