import type { TypedDocumentString } from './generated/plain/graphql.ts'
import {
  type CarriedError,
  type OperationError,
  readCarriedErrors,
  unanswered,
  unreadable,
} from './operation-problem.ts'

/** Why an operation has no data. */
export class OperationFailure extends Error {
  readonly problem: OperationError

  constructor(problem: OperationError, options?: ErrorOptions) {
    super(problem.message, options)
    this.problem = problem
  }
}

/** For an error that sendOperation() threw. */
export const problemOf = (error: unknown): OperationError =>
  error instanceof OperationFailure ? error.problem : unanswered()

type Answer<Result> = { data?: Result | null; errors?: CarriedError[] }

/** Sends one operation without Apollo, for the page that everybody loads first. @throws OperationFailure */
export async function sendOperation<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  }).catch((cause: unknown) => {
    throw new OperationFailure(unanswered(), { cause })
  })
  const answer = await response.json().then(
    (body: Answer<Result>) => body,
    () => null,
  )
  if (answer?.errors !== undefined && answer.errors.length > 0)
    throw new OperationFailure(readCarriedErrors(answer.errors))
  if (answer?.data == null) throw new OperationFailure(unreadable(response.status))
  return answer.data
}
