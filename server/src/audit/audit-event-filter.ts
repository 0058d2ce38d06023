import { FieldErrors } from '../core/errors.ts'

/** Which events somebody looks for, as it comes from outside. */
export type AuditEventSearch = {
  type?: string | null
  actorId?: string | null
  query?: string | null
  from?: Date | null
  to?: Date | null
}

/** Which events to read. `type` is a type such as membership.roleChanged or a noun; `from` is included, `to` is not. */
export type AuditEventFilter = {
  type: string | null
  actorId: string | null
  query: string | null
  from: Date | null
  to: Date | null
}

/** What matches every event. */
export const nothingFiltered: AuditEventFilter = { type: null, actorId: null, query: null, from: null, to: null }

/**
 * Checks what somebody looks for; empty texts and null look for nothing.
 * @throws BAD_USER_INPUT naming each argument that is wrong.
 */
export function parseAuditEventFilter({ type, actorId, query, from, to }: AuditEventSearch): AuditEventFilter {
  const errors = new FieldErrors()
  if (type && !/^[a-z]+(\.[a-z]+)?$/i.test(type)) {
    errors.add('type', 'INVALID_TYPE', 'Use a type such as membership.roleChanged, or its first word, membership.')
  }
  if (actorId && !/^(usr|tok)_[0-9a-z]{1,40}$/.test(actorId)) {
    errors.add('actorId', 'INVALID_ID', 'Use the id of a user (usr_…) or of an access token (tok_…).')
  }
  // A database takes no NUL, and nobody searches for a control character.
  const text = query?.replace(/\p{Cc}+/gu, ' ').trim() || null
  if (text !== null && text.length > 200) errors.add('query', 'TOO_LONG', 'Search for at most 200 characters.')
  if (from && to && from.getTime() > to.getTime()) {
    errors.add('from', 'AFTER_TO', 'The beginning must not be later than the end. Exchange the two.')
  }
  errors.throwIfAny()
  return { type: type || null, actorId: actorId || null, query: text, from: from ?? null, to: to ?? null }
}
