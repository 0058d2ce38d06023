const key = 'gatehouse.last-sign-in'

/** What was chosen at the last sign-in in this browser; `connectionId` is null for a password. Never a secret. */
export type LastSignIn = { email: string; connectionId: string | null }

export function readLastSignIn(): LastSignIn | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('email' in stored) || !('connectionId' in stored))
      return null
    const { email, connectionId } = stored
    if (typeof email !== 'string' || (connectionId !== null && typeof connectionId !== 'string')) return null
    return { email, connectionId }
  } catch {
    return null
  }
}

export function rememberSignIn(choice: LastSignIn): void {
  try {
    localStorage.setItem(key, JSON.stringify(choice))
  } catch {
    // Storage is switched off: the address is typed again next time.
  }
}

export function forgetSignIn(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was remembered.
  }
}
