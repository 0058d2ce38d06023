import { type AppError, conflict, reservationEnded } from '../core/errors.ts'

const byConstraint: Record<string, () => AppError> = {
  organizations_slug_unique: () =>
    conflict('SLUG_TAKEN', 'Another organization has this address already. Choose a different one.'),
  roles_organization_key_unique: () =>
    conflict('ROLE_EXISTS', 'The organization has a role with this name or key already. Choose a different one.'),
  sso_connections_pkey: reservationEnded,
}

/** The name of the constraint that refused a statement, or null when the error is something else. */
export function violatedConstraint(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint_name' in cause && typeof cause.constraint_name === 'string') return cause.constraint_name
  }
  return null
}

/**
 * True when PostgreSQL could not take a text: NUL in a text (22021), NUL or half of a surrogate pair in JSON (22P05,
 * 22P02). Nothing else of ours can raise the last: no column has a type that a text would have to be parsed for.
 */
export function isUnstorableText(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && ['22021', '22P05', '22P02'].includes(String(cause.code))) return true
  }
  return false
}

/** What a caller should see when a named constraint refused; the error itself when no name is known. */
export function constraintError(error: unknown): unknown {
  const name = violatedConstraint(error)
  return (name === null ? undefined : byConstraint[name]?.()) ?? error
}
