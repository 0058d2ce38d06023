import type { FieldErrors } from '../core/errors.ts'

/** A person's name: trimmed, up to 200 characters; null when empty. */
export function parseUserName(text: string | null, path: string, errors: FieldErrors): string | null {
  const name = text?.trim() ?? ''
  if (name.length > 200) errors.add(path, 'TOO_LONG', 'Use a name of at most 200 characters.')
  return name === '' ? null : name
}
