/** What somebody else saved while the form was open. `actor` is null where the audit log does not tell. */
export type SomebodyElsesVersion<Values> = { revision: number; values: Values; at: string; actor: string | null }

/** A field in which it differs, for people; `now` is null for what is too long to show. */
export type ChangedField = { label: string; now: string | null }

type Event = { at: string; type: string; actor: string }

/** Who made the change of a connection at that moment, as the audit log has it; null when it does not tell. */
export function whoChanged(events: readonly Event[], at: string): string | null {
  const distance = (event: Event) => Math.abs(Date.parse(event.at) - Date.parse(at))
  const changes = events.filter(({ type }) => type.startsWith('ssoConnection.'))
  const nearest = changes.toSorted((a, b) => distance(a) - distance(b))[0]
  return nearest === undefined || distance(nearest) > 2000 ? null : nearest.actor
}
