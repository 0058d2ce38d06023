type Connection = { enabled: boolean; complete: boolean; verifiedAt: string | null }

export type ConnectionStatus = { kind: 'disabled' | 'incomplete' | 'untested' } | { kind: 'verified'; at: string }

/** How far a connection is on its way to letting people in. */
export function connectionStatus({ enabled, complete, verifiedAt }: Connection): ConnectionStatus {
  if (!enabled) return { kind: 'disabled' }
  if (!complete) return { kind: 'incomplete' }
  return verifiedAt === null ? { kind: 'untested' } : { kind: 'verified', at: verifiedAt }
}

/** Whether a sign-in can be tried now. */
export const canSignIn = ({ enabled, complete }: Pick<Connection, 'enabled' | 'complete'>): boolean =>
  enabled && complete
