import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { GraphQLError } from 'graphql'
import { countCost } from '../access/count-cost.ts'
import type { RequestContext } from '../access/request-context.ts'
import { AppError } from '../core/errors.ts'
import { mostCost, operationCost } from './operation-cost.ts'

const tooCostly = (cost: number): AppError =>
  new AppError(
    `This operation would cost ${cost}, and at most ${mostCost} are allowed. Ask for smaller pages, or for fewer lists within lists.`,
    { code: 'OPERATION_TOO_COSTLY', cost, limit: mostCost },
  )

/** Refused before anything of it ran: 429 with the time to wait, else 400. */
function refused(error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  const { details } = error
  const limited = details.code === 'RATE_LIMITED'
  const headers = new HeaderMap(limited ? [['retry-after', String(details.retryAfter)]] : [])
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { http: { status: limited ? 429 : 400, headers } },
  })
}

/** Measures each operation before it runs, refuses what is too much, and counts what is a lot. */
export const limitCost: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      async didResolveOperation({ schema, document, operation, request, contextValue: ctx }) {
        if (operation === undefined) return
        ctx.usage.cost = operationCost(schema, document, operation, request.variables ?? {})
        try {
          if (ctx.usage.cost > mostCost) throw tooCostly(ctx.usage.cost)
          await countCost(ctx)
        } catch (error) {
          throw refused(error)
        }
      },
    }),
}
