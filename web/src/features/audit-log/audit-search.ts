import type { AuditSearch } from './audit-event-filter.tsx'

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text)

/** The beginning of a day where the person is, `days` later; null for no day. */
function startOf(day: string | undefined, days: number): string | null {
  if (!isDay(day)) return null
  const start = new Date(`${day}T00:00:00`)
  if (Number.isNaN(start.getTime())) return null
  start.setDate(start.getDate() + days)
  return start.toISOString()
}

/** What the API is asked for: the last day counts whole. */
export const auditVariables = ({ type, q, from, to }: AuditSearch) => ({
  type: type || null,
  query: q || null,
  from: startOf(from, 0),
  to: startOf(to, 1),
})

/** Where the same events are a file. */
export function exportUrl(slug: string, format: 'csv' | 'jsonl', search: AuditSearch): string {
  const given = Object.entries(auditVariables(search)).filter((entry): entry is [string, string] => entry[1] !== null)
  const parameters = new URLSearchParams(given).toString()
  return `/organizations/${encodeURIComponent(slug)}/audit-events.${format}${parameters === '' ? '' : `?${parameters}`}`
}
