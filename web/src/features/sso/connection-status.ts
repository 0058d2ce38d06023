type Connection = { enabled: boolean; complete: boolean; verifiedAt: string | null }

export type ConnectionStatus = { kind: 'disabled' | 'incomplete' | 'untested' } | { kind: 'verified'; at: string }

/** How far a connection is on its way to letting people in. */
export function connectionStatus({ enabled, complete, verifiedAt }: Connection): ConnectionStatus {
  if (!enabled) return { kind: 'disabled' }
  if (!complete) return { kind: 'incomplete' }
  return verifiedAt === null ? { kind: 'untested' } : { kind: 'verified', at: verifiedAt }
}

/** What a sign-in cannot do without, in the form's own words. */
export const missingSettings = (settings: {
  idpSsoUrl: string | null
  idpCertificates: readonly unknown[]
}): string[] => [
  ...(settings.idpSsoUrl === null ? ['Single Sign-On URL'] : []),
  ...(settings.idpCertificates.length === 0 ? ['Certificate'] : []),
]
