export type FieldProblem = { path: string; reason: string; message: string }

/** What went wrong with an operation, in the terms of docs/errors.md. UNREACHABLE is ours: no answer came. */
export type OperationError = {
  code: string
  message: string
  reason: string | null
  permission: string | null
  fields: FieldProblem[]
  retryAfter: number | null
  requestId: string | null
  /** Where to sign in instead, with SSO_REQUIRED. */
  loginUrls: { name: string; url: string }[]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function fieldsOf(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map((field) => ({
    path: textOf(field['path']) ?? '',
    reason: textOf(field['reason']) ?? '',
    message: textOf(field['message']) ?? '',
  }))
}

function loginUrlsOf(value: unknown): OperationError['loginUrls'] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map(({ name, url }) => ({ name: textOf(name) ?? '', url: textOf(url) ?? '' }))
}

const unreachable = (message: string): OperationError => ({
  code: 'UNREACHABLE',
  message,
  reason: null,
  permission: null,
  fields: [],
  retryAfter: null,
  requestId: null,
  loginUrls: [],
})

/** A refusal as GraphQL carries it. */
export type CarriedError = { message: string; extensions?: Record<string, unknown> | undefined }

/** The only reader of `extensions`. */
export function readCarriedErrors(errors: readonly CarriedError[]): OperationError {
  const [first] = errors
  const extensions = first?.extensions ?? {}
  return {
    code: textOf(extensions['code']) ?? 'INTERNAL_SERVER_ERROR',
    message: first?.message ?? 'Something went wrong on our side. Try again.',
    reason: textOf(extensions['reason']),
    permission: textOf(extensions['permission']),
    fields: errors.flatMap((one) => fieldsOf(one.extensions?.['fields'])),
    retryAfter: typeof extensions['retryAfter'] === 'number' ? extensions['retryAfter'] : null,
    requestId: textOf(extensions['requestId']),
    loginUrls: loginUrlsOf(extensions['loginUrls']),
  }
}

/** The server answered, and not in the form of GraphQL. */
export const unreadable = (status: number): OperationError =>
  unreachable(
    `The server answered with status ${status} and no explanation. It may be restarting; try again in a moment.`,
  )

/** No answer came at all. */
export const unanswered = (): OperationError =>
  unreachable('The server cannot be reached. Check your connection, then try again. Nothing you typed is lost.')

/** Messages by the last part of their path: `input.idpSsoUrl` becomes `idpSsoUrl`; list positions are dropped. */
export function messagesByField(error: OperationError): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const { path, message } of error.fields) {
    const name = path.split('.').filter((part) => part !== 'input' && !/^\d+$/.test(part))[0] ?? path
    messages[name] = messages[name] === undefined ? message : `${messages[name]} ${message}`
  }
  return messages
}
