import { conflict } from '../core/errors.ts'
import type { ConnectionRow } from './sso-connection.store.ts'

/** @param expected the revision that the caller saw; null when it does not matter. @throws CONFLICT STALE_REVISION */
export function checkRevision(row: ConnectionRow, expected: number | null): void {
  if (expected === null || row.revision === expected) return
  throw conflict(
    'STALE_REVISION',
    'Somebody else changed this connection in the meantime. Look at what they changed, then save again.',
  )
}
