import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server'
import { type FormattedExecutionResult, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql'
import type { RequestContext } from '../access/request-context.ts'
import { type AppError, badUserInput } from '../core/errors.ts'
import { type Claim, claimKey, keepClaim, releaseClaim } from '../idempotency/claim-key.ts'

const several = badUserInput([
  {
    path: 'Idempotency-Key',
    reason: 'SEVERAL_MUTATIONS',
    message: 'Send an Idempotency-Key with one mutation in the request, so that it is done as a whole or not at all.',
  },
])

const answerWith = (
  singleResult: FormattedExecutionResult,
  headers: [string, string][],
  status = 200,
): GraphQLResponse => ({
  http: { status, headers: new HeaderMap(headers) },
  body: { kind: 'single', singleResult },
})

const refusal = ({ requestId }: RequestContext, { message, details }: AppError, status: number, retryAfter?: number) =>
  answerWith(
    { errors: [{ message, extensions: { ...details, requestId } }] },
    retryAfter === undefined ? [] : [['retry-after', String(retryAfter)]],
    status,
  )

/** A fragment at the top may hold anything: it counts as several. */
function isOne({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  const all = selections.filter((each) => each.kind !== Kind.FIELD || each.name.value !== '__typename')
  return all.length === 1 && all[0]?.kind === Kind.FIELD
}

/** True when the mutation itself failed, and so was undone: not only something that it was asked to answer with. */
const failed = ({ data, errors = [] }: FormattedExecutionResult): boolean =>
  data === undefined || errors.some(({ path }) => path === undefined || path.length <= 1)

/**
 * A mutation that comes with an Idempotency-Key is done once: the same request again gets the first answer. Nothing is
 * kept of one that failed, nor of one that signs somebody in: its cookie is no part of the answer.
 */
export const answerOnce: ApolloServerPlugin<RequestContext> = {
  requestDidStart() {
    let claim: Claim | null = null
    return Promise.resolve({
      async responseForOperation({ operation, source, request, contextValue: ctx }) {
        if (ctx.idempotencyKey === null || operation.operation !== OperationTypeNode.MUTATION) return null
        if (!isOne(operation)) return refusal(ctx, several, 400)
        const text = JSON.stringify([source, request.variables ?? {}, request.operationName ?? null])
        const claimed = await claimKey(ctx, text)
        if (claimed === null) return null
        if ('refusal' in claimed) return refusal(ctx, claimed.refusal, claimed.status, claimed.retryAfter)
        if ('answer' in claimed) {
          return answerWith(JSON.parse(claimed.answer) as FormattedExecutionResult, [['idempotency-replayed', 'true']])
        }
        claim = claimed.claim
        return null
      },
      async willSendResponse({ response: { body }, contextValue: ctx }) {
        if (claim === null || body.kind !== 'single') return
        if (failed(body.singleResult) || ctx.setCookies.length > 0) await releaseClaim(ctx, claim)
        else await keepClaim(ctx, claim, JSON.stringify(body.singleResult))
      },
    })
  },
}
