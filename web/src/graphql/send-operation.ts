import type { TypedDocumentString } from './generated/plain/graphql.ts'
import {
  type CarriedError,
  type OperationError,
  readCarriedErrors,
  unanswered,
  unreadable,
} from './operation-problem.ts'
import { isUnknownOperation, persistedQuery } from './persisted-query.ts'

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

/**
 * Sends one operation without Apollo, for the page that everybody loads first: by its hash, or as text to a server that
 * does not know it. @throws OperationFailure
 */
export async function sendOperation<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const hash: unknown = document.__meta__?.['hash']
  const { response, answer } = await post<Result>(
    typeof hash === 'string'
      ? { extensions: persistedQuery(hash), variables }
      : { query: document.toString(), variables },
  )
  if (typeof hash === 'string' && isUnknownOperation(answer?.errors)) {
    return read(await post<Result>({ query: document.toString(), variables }))
  }
  return read({ response, answer })
}

type Answered<Result> = { response: Response; answer: Answer<Result> | null }

async function post<Result>(body: object): Promise<Answered<Result>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new OperationFailure(unanswered(), { cause })
  })
  const answer = await response.json().then(
    (read: Answer<Result>) => read,
    () => null,
  )
  return { response, answer }
}

function read<Result>({ response, answer }: Answered<Result>): Result {
  if (answer?.errors !== undefined && answer.errors.length > 0)
    throw new OperationFailure(readCarriedErrors(answer.errors))
  if (answer?.data == null) throw new OperationFailure(unreadable(response.status))
  return answer.data
}
