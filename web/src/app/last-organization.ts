const key = 'gatehouse.last-organization'

/** The slug of the organization that was open last in this browser. */
export function readLastOrganization(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function rememberOrganization(slug: string): void {
  try {
    localStorage.setItem(key, slug)
  } catch {
    // Storage is switched off: the first organization opens next time.
  }
}

export function forgetOrganization(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was remembered.
  }
}
