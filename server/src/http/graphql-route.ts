import { randomUUID } from 'node:crypto'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { RequestContext } from '../access/request-context.ts'
import { AppError, forbidden } from '../core/errors.ts'
import { answerOnce } from '../graphql/answer-once.ts'
import { compiledExecution } from '../graphql/compiled-execution.ts'
import { formatError } from '../graphql/format-error.ts'
import { knownOperations } from '../graphql/known-operations.ts'
import { limitCost } from '../graphql/limit-cost.ts'
import { limitOperations, operationLimits } from '../graphql/operation-limits.ts'
import { countRequest } from './count-request.ts'
import { isSameOrigin } from './csrf.ts'
import { type AppParts, createRequestContext } from './request-context.ts'
import { sendUsage } from './usage-headers.ts'

// Apollo formats errors without telling of which request they are, but tells of each operation's before. A request that
// is none, such as one without a query, is answered with a mark that only this process knows, for its id to take the place
// of. (An AsyncLocalStorage would know too, and makes every promise dearer.)
const requestOf = new WeakMap<object, string>()
const unknownRequest = `unknown request ${randomUUID()}`

const noteRequests: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) requestOf.set(error, contextValue.requestId)
        return Promise.resolve()
      },
    }),
}

const requestIdOf = (error: unknown): string =>
  (typeof error === 'object' && error !== null ? requestOf.get(error) : undefined) ?? unknownRequest

async function startApollo(server: FastifyInstance, schema: GraphQLSchema, { log }: AppParts) {
  const apollo = new ApolloServer<RequestContext>({
    gateway: compiledExecution(schema),
    // The schema is public: it stands in the repository, and automation reads it.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: knownOperations(),
    parseOptions: { maxTokens: operationLimits.tokens },
    validationRules: [limitOperations],
    formatError: (formatted, error) => formatError(formatted, error, { requestId: requestIdOf(error), log }),
    plugins: [
      noteRequests,
      limitCost,
      answerOnce,
      fastifyApolloDrainPlugin(server),
      ApolloServerPluginLandingPageDisabled(),
      // It computes cache hints for every field, for which nobody asks, at the price of half the throughput.
      ApolloServerPluginCacheControlDisabled(),
    ],
  })
  await apollo.start()
  return apollo
}

function refuse(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  const { details } = error
  if (details.code === 'RATE_LIMITED') reply.header('retry-after', details.retryAfter)
  const extensions = { ...details, requestId: request.id }
  return reply
    .code(details.code === 'RATE_LIMITED' ? 429 : 403)
    .send({ errors: [{ message: error.message, extensions }] })
}

/** A body that the framework could not read is refused in the form of all errors; anything else is not ours to answer. */
function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500
  if (status < 400 || status >= 500) throw error
  const extensions = { code: 'BAD_REQUEST', requestId: request.id }
  void reply.code(status).send({ errors: [{ message: error.message, extensions }] })
}

/** POST /graphql: browsers from our own pages only, scripts with an access token. */
export async function registerGraphqlRoute(
  server: FastifyInstance,
  schema: GraphQLSchema,
  parts: AppParts,
): Promise<void> {
  const apollo = await startApollo(server, schema, parts)
  const contexts = new WeakMap<FastifyRequest, RequestContext>()
  const execute = fastifyApolloHandler<RequestContext>(apollo, {
    context: (request) => {
      const ctx = contexts.get(request)
      if (ctx === undefined) throw new Error('a GraphQL request without a context')
      return Promise.resolve(ctx)
    },
  })
  server.post('/graphql', { errorHandler: onError }, async function (request, reply) {
    if (request.headers.authorization === undefined && !isSameOrigin(request, parts.config.publicUrl)) {
      const message = `Browsers may call this only from ${parts.config.publicUrl}. Scripts send an access token.`
      return refuse(request, reply, forbidden('same-origin', message))
    }
    reply.header('cache-control', 'no-store')
    const ctx = await createRequestContext(request, parts)
    try {
      await countRequest(ctx, request)
    } catch (error) {
      if (error instanceof AppError) return refuse(request, reply, error)
      throw error
    }
    contexts.set(request, ctx)
    const answer: unknown = await execute.call(server, request, reply)
    sendUsage(reply, ctx.usage)
    const isRefusal = typeof answer === 'string' && reply.statusCode >= 400
    return isRefusal ? answer.replaceAll(unknownRequest, request.id) : answer
  })
}
