import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { AppError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { isUnstorableText } from '../db/constraint-error.ts'

// Apollo's own codes, for documents it refuses before anything of ours runs.
const apolloCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

const unstorable = 'A text contains NUL or half of a surrogate pair, which cannot be stored. Remove it.'

/** What an operation threw, in or before a resolver. */
const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError instanceof AppError
    ? error.originalError
    : unwrapResolverError(error)

/** What of an error a client sees: an AppError's code and fields; anything unexpected is masked and logged. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  request: { requestId: string; log: Log },
): GraphQLFormattedError {
  const { requestId, log } = request
  const { message, locations, path, extensions } = formatted
  const original = causeOf(error)
  if (original instanceof AppError) {
    return { message: original.message, locations, path, extensions: { ...original.details, requestId } }
  }
  const code = String(extensions?.['code'] ?? '')
  if (apolloCodes.has(code)) {
    return { message, locations, path, extensions: { code, ...fieldsOf(code, message), requestId } }
  }
  if (isUnstorableText(original)) {
    const fields = [{ path: path?.join('.') ?? '', reason: 'CONTROL_CHARACTER', message: unstorable }]
    return { message: unstorable, locations, path, extensions: { code: 'BAD_USER_INPUT', fields, requestId } }
  }
  log.error({ requestId, err: original }, 'a GraphQL operation failed unexpectedly')
  return {
    message: `Something went wrong on our side. Quote the reference ${requestId} when you ask for help.`,
    locations,
    path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  }
}

/** Apollo answers a variable of the wrong type with BAD_USER_INPUT; the contract wants the field named. */
function fieldsOf(code: string, message: string): object {
  if (code !== 'BAD_USER_INPUT') return {}
  const [, variable = '', at] = /Variable "\$([^"]+)"(?:.* at "([^"]+)")?/.exec(message) ?? []
  return { fields: [{ path: at ?? variable, reason: 'WRONG_TYPE', message }] }
}
