const key = 'gatehouse.setupLink'

/** The secret of a setup link, out of the address and in this tab; null when the tab keeps none. */
export function readKeptToken(): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps it for as long as the tab is open. Returns what was kept. */
export function keepToken(token: string): string {
  try {
    sessionStorage.setItem(key, token)
  } catch {
    // Storage is switched off: whoever comes back opens the link again.
  }
  return token
}
