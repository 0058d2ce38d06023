/** What is looked for: a noun or a type, a text, and days as the person's own calendar has them. */
export type AuditSearch = { type?: string; q?: string; from?: string; to?: string }

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(new Date(`${text}T00:00:00`).getTime())

/** What of an address can be looked for; the rest was never offered, and is left out. */
export function readAuditSearch({ type, q, from, to }: Record<string, string>): AuditSearch {
  return {
    ...(type !== undefined && /^[a-z]+(\.[a-z]+)?$/i.test(type) && { type }),
    ...(q && { q: q.slice(0, 200) }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  }
}

/** The beginning of a day where the person is, `days` later; null for no day. */
function startOf(day: string | undefined, days: number): string | null {
  if (!isDay(day)) return null
  const start = new Date(`${day}T00:00:00`)
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
