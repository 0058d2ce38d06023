import { CombinedGraphQLErrors, ServerError, ServerParseError } from '@apollo/client/errors'
import { type OperationError, readCarriedErrors, unanswered, unreadable } from './operation-problem.ts'

export { messagesByField, type OperationError } from './operation-problem.ts'

/** Takes whatever an Apollo call threw or returned as its error. */
export function readOperationError(error: unknown): OperationError {
  if (CombinedGraphQLErrors.is(error)) return readCarriedErrors(error.errors)
  if (ServerError.is(error) || ServerParseError.is(error)) return unreadable(error.statusCode)
  return unanswered()
}
