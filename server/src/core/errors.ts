/** Why one input value was refused. `path` is the GraphQL input path, such as `input.idpSsoUrl`. */
export type FieldError = { path: string; reason: string; message: string }

export type ConflictReason =
  | 'LAST_OWNER'
  | 'STALE_REVISION'
  | 'SLUG_TAKEN'
  | 'SETUP_COMPLETED'
  | 'CONNECTION_INCOMPLETE'
  | 'CONNECTION_IN_USE'
  | 'ALREADY_LINKED'
  | 'TOO_MANY_KEYS'
  | 'KEY_IN_USE'
  | 'DOMAIN_EXISTS'
  | 'DOMAIN_TAKEN'
  | 'TOO_MANY_DOMAINS'
  | 'NO_VERIFIED_CONNECTION'
  | 'RECOVERY_CODES_MISSING'
  | 'SSO_ENFORCED'
  | 'INVITATION_FOR_SOMEBODY_ELSE'
  | 'NO_WAY_IN'
  | 'ROLE_EXISTS'
  | 'ROLE_IN_USE'
  | 'TOO_MANY_ROLES'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IDEMPOTENCY_KEY_IN_USE'

/** Where a member signs in: an SSO connection's name and its SSO login URL. */
export type SsoLogin = { name: string; url: string }

type AppErrorDetails =
  | { code: 'UNAUTHENTICATED'; reason?: 'SSO_REQUIRED'; loginUrls?: SsoLogin[] }
  | { code: 'FORBIDDEN'; permission: string }
  | { code: 'NOT_FOUND' }
  | { code: 'BAD_USER_INPUT'; fields: FieldError[] }
  | { code: 'CONFLICT'; reason: ConflictReason }
  | { code: 'RATE_LIMITED'; retryAfter: number }
  | { code: 'OPERATION_TOO_COSTLY'; cost: number; limit: number }

/**
 * The only error an operation throws on purpose. `message` is public and says the fix; `cause` is private and goes
 * to the log. Everything else that is thrown becomes INTERNAL_SERVER_ERROR at the edge.
 */
export class AppError extends Error {
  readonly details: AppErrorDetails

  constructor(message: string, details: AppErrorDetails, cause?: unknown) {
    super(message, { cause })
    this.details = details
  }
}

export const unauthenticated = (message = 'Sign in to continue.'): AppError =>
  new AppError(message, { code: 'UNAUTHENTICATED' })

/** Single sign-on is the only way in. Said to members alone: `loginUrls` is for them. */
export const ssoRequired = (message: string, loginUrls: SsoLogin[]): AppError =>
  new AppError(message, { code: 'UNAUTHENTICATED', reason: 'SSO_REQUIRED', loginUrls })

export const forbidden = (permission: string, message?: string): AppError =>
  new AppError(message ?? `Your role does not include the permission ${permission}. Ask an organization owner.`, {
    code: 'FORBIDDEN',
    permission,
  })

/** Absent, or not the actor's to know of: both answer the same. */
export const notFound = (what: string): AppError =>
  new AppError(`There is no such ${what}, or you cannot see it.`, { code: 'NOT_FOUND' })

export const badUserInput = (fields: FieldError[]): AppError =>
  new AppError(fields.map((field) => field.message).join(' '), { code: 'BAD_USER_INPUT', fields })

/** The addresses of a connection to be were kept for a day, or are used already, or were never these. */
export const reservationEnded = (): AppError => {
  const message =
    'These addresses are not kept any more, or a connection has them already. Begin again to get new ones.'
  return badUserInput([{ path: 'input.reservation', reason: 'RESERVATION_ENDED', message }])
}

export const conflict = (reason: ConflictReason, message: string): AppError =>
  new AppError(message, { code: 'CONFLICT', reason })

/** `retryAfter` in whole seconds. */
export const rateLimited = (retryAfter: number): AppError =>
  new AppError(`Too many attempts. Try again in ${retryAfter} seconds.`, { code: 'RATE_LIMITED', retryAfter })

/** Collects every field error of one input, so that the caller sees all of them at once. */
export class FieldErrors {
  readonly #errors: FieldError[] = []

  add(path: string, reason: string, message: string): void {
    this.#errors.push({ path, reason, message })
  }

  /** Throws one BAD_USER_INPUT with everything collected; returns when there was nothing. */
  throwIfAny(): void {
    if (this.#errors.length > 0) throw badUserInput(this.#errors)
  }
}
