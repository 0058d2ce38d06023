/** The secret of a link, out of the address and in this tab; and which organization's single sign-on was chosen. */
export type KeptInvitation = { token: string; enteringSlug: string | null }

const key = 'gatehouse.invitation'

/** What the tab keeps, or null. */
export function readKeptInvitation(): KeptInvitation | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('token' in stored) || !('enteringSlug' in stored))
      return null
    const { token, enteringSlug } = stored
    if (typeof token !== 'string' || (enteringSlug !== null && typeof enteringSlug !== 'string')) return null
    return { token, enteringSlug }
  } catch {
    return null
  }
}

/** Keeps it for as long as the tab is open. Returns what was kept. */
export function keepInvitation(invitation: KeptInvitation): KeptInvitation {
  try {
    sessionStorage.setItem(key, JSON.stringify(invitation))
  } catch {
    // Storage is switched off: whoever comes back opens the link again.
  }
  return invitation
}

export function forgetInvitation(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}
