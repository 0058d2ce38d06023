import type { SamlConnectionRow } from '../sso-connection.store.ts'
import type { SpKeyRow, SpKeyUse } from './sp-key.store.ts'

/**
 * CURRENT signs, or is what the identity provider shall encrypt for. NEXT is published so that the identity provider can
 * trust it before it signs. PREVIOUS still decrypts what was encrypted for it.
 */
export type SpKeyState = 'CURRENT' | 'NEXT' | 'PREVIOUS'

/** Requests are signed where the owner wants it, and logout messages always (Profiles 4.4.4.1). */
export const signsMessages = ({
  signAuthnRequests,
  idpSloUrl,
  idpSloResponseUrl,
}: Pick<SamlConnectionRow, 'signAuthnRequests' | 'idpSloUrl' | 'idpSloResponseUrl'>): boolean =>
  signAuthnRequests || idpSloUrl !== null || idpSloResponseUrl !== null

/** One takes over from the other, and a third has no part in that. */
export const mostKeys = 2

export const keysFor = (rows: readonly SpKeyRow[], use: SpKeyUse): SpKeyRow[] => rows.filter((row) => row.use === use)

/** The key of this use that counts now. Of two that sign, the older one, until it is deleted. */
export const currentKey = (rows: readonly SpKeyRow[], use: SpKeyUse): SpKeyRow | null =>
  keysFor(rows, use).find((row) => row.retiredAt === null) ?? null

/** Those that metadata shows, the current one first. */
export const publishedKeys = (rows: readonly SpKeyRow[]): SpKeyRow[] => rows.filter((row) => row.retiredAt === null)

/** @param rows of the same connection, oldest first. */
export function stateOf(rows: readonly SpKeyRow[], row: SpKeyRow): SpKeyState {
  if (row.retiredAt !== null) return 'PREVIOUS'
  return currentKey(rows, row.use)?.id === row.id ? 'CURRENT' : 'NEXT'
}
